#include <algorithm>
#include <filesystem>
#include <set>

#include "server/admin/tasks.hpp"
#include "server/content/import.hpp"
#include "server/store/accounts.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/article_version.hpp"

// `ventanilla kb import FOLDER`: any folder of Markdown becomes articles; importing again updates.

namespace ventanilla::admin {
namespace {

constexpr std::size_t kArticlesPerWrite = 50;  // other writers get their turn in between

std::vector<domain::Audience> readers_of(const domain::Article& article) {
    return {domain::Audience{article.is_internal ? domain::kStaff : domain::kPublicArticles}};
}

// What readers saw until now, as a version of its own.
void keep_version(store::Transaction& transaction, const domain::Article& old, Instant now) {
    const auto row = transaction.find({domain::RowType::ArticleVersion, old.version_row});
    const domain::ArticleVersion version = domain::outdated_version(old, row);
    (void)store::put_own_row(transaction,
                             {domain::RowType::ArticleVersion, version.id},
                             domain::to_json(version),
                             {domain::Audience{domain::kStaff}},
                             now);
}

// Where it was found before is nothing a reader sees: it makes no version.
bool says_the_same(domain::Article article, const domain::Article& old) {
    article.addresses = old.addresses;
    return domain::to_json(article) == domain::to_json(old);
}

// Votes are the readers', dates those of whoever keeps the article: neither is the folder's.
void keep_what_is_ours(store::Transaction& transaction,
                       const domain::RowRef& ref,
                       content::ImportedPage& page,
                       Instant now) {
    domain::Article& article = page.article;
    const auto row = transaction.find(ref);
    if (!row) return;
    const Result<domain::Article> old = domain::article_from(*row);
    if (!old) return;
    article.votes_helpful = old->votes_helpful;
    article.votes_total = old->votes_total;
    article.version = old->version;
    if (!article.review_by) article.review_by = old->review_by;
    if (!article.valid_to) article.valid_to = old->valid_to;
    article.version_row = old->version_row;
    for (const std::string& address : old->addresses) {
        const auto& known = article.addresses;
        if (std::find(known.begin(), known.end(), address) == known.end())
            article.addresses.push_back(address);
    }
    if (!page.is_dated) article.reviewed_at = old->reviewed_at;
    article.sections = old->sections;
    if (says_the_same(article, *old)) return;
    keep_version(transaction, *old, now);
    ++article.version;
    article.version_row = {};
    article.sections = domain::marks_after({old->es, old->en},
                                           old->sections,
                                           {article.es, article.en},
                                           article.version,
                                           domain::Change::Facts);
}

Result<std::size_t> store_articles(const TaskContext& context,
                                   std::vector<content::ImportedPage>& pages) {
    std::size_t written = 0;
    for (std::size_t first = 0; first < pages.size(); first += kArticlesPerWrite) {
        const std::size_t end = std::min(first + kArticlesPerWrite, pages.size());
        std::size_t now_written = 0;
        const auto job = [&](store::Transaction& transaction) {
            now_written = 0;
            for (std::size_t i = first; i < end; ++i) {
                domain::Article& article = pages[i].article;
                const domain::RowRef ref{domain::RowType::Article, article.id};
                keep_what_is_ours(transaction, ref, pages[i], context.clock());
                const bool is_new = store::put_own_row(transaction,
                                                       ref,
                                                       domain::to_json(article),
                                                       readers_of(article),
                                                       context.clock());
                now_written += is_new ? 1 : 0;
            }
            return ok();
        };
        TRY(context.store.write(job));
        written += now_written;
    }
    return written;
}

// The same collection however its folder is written: "kb", "kb/" and "./kb".
std::string source_of(const std::string& folder) {
    std::string source = std::filesystem::path(folder).lexically_normal().string();
    while (source.size() > 1 && source.ends_with('/'))
        source.pop_back();
    return source;
}

}  // namespace

Result<std::string> import_kb(const TaskContext& context, const Json& args) {
    const std::string folder = TRY(text_at(args, "folder"));
    content::ImportOptions options;
    options.source = text_or(args, "source", source_of(folder));
    options.now = context.clock();
    options.lang = domain::lang_of(text_or(args, "lang", "es"));
    options.owner = text_or(args, "owner");
    content::ImportReport report = TRY(content::import_tree(folder, options));
    if (report.pages.empty()) return invalid("there is no Markdown in " + folder, "folder");
    const std::size_t written = TRY(store_articles(context, report.pages));
    const std::size_t same = report.pages.size() - written;
    return concat(content::written(report),
                  written,
                  " articles written, ",
                  same,
                  " unchanged since the last import\n");
}

}  // namespace ventanilla::admin

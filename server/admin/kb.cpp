#include <algorithm>
#include <filesystem>
#include <set>

#include "server/admin/tasks.hpp"
#include "server/content/import.hpp"
#include "server/store/accounts.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"

// `ventanilla kb import FOLDER`: any folder of Markdown becomes articles; importing again updates.

namespace ventanilla::admin {
namespace {

constexpr std::size_t kArticlesPerWrite = 50;  // other writers get their turn in between

std::vector<domain::Audience> readers_of(const domain::Article& article) {
    return {domain::Audience{article.is_internal ? domain::kStaff : domain::kPublicArticles}};
}

// Votes are the readers', not the folder's.
void keep_votes(const store::Snapshot& snapshot,
                const domain::RowRef& ref,
                content::ImportedPage& page) {
    domain::Article& article = page.article;
    const auto row = snapshot.find(ref);
    if (!row) return;
    const Result<domain::Article> old = domain::article_from(*row);
    if (!old) return;
    article.votes_helpful = old->votes_helpful;
    article.votes_total = old->votes_total;
    article.version = old->version;
    if (!page.is_dated) article.reviewed_at = old->reviewed_at;
    domain::Article changed = article;
    if (domain::to_json(changed) != row->body) ++article.version;
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
                keep_votes(transaction, ref, pages[i]);
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

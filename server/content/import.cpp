#include "server/content/import.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "server/content/page_links.hpp"
#include "server/content/page_source.hpp"
#include "shared/base/text.hpp"
#include "shared/content/markdown.hpp"

namespace ventanilla::content {
namespace {

using domain::ArticleText;
using domain::Lang;

constexpr std::size_t kFilesMax = 20'000;
constexpr std::size_t kTreeBytesMax = 256UL * 1024 * 1024;
constexpr std::size_t kSummaryBytes = 160;

// The first paragraph, cut at a word.
std::string first_paragraph(const domain::Blocks& blocks) {
    for (const domain::Block& block : blocks) {
        if (block.kind != domain::BlockKind::Paragraph) continue;
        const std::string text = domain::plain_text(block.inlines);
        if (text.size() <= kSummaryBytes) return text;
        const std::string_view cut = cut_utf8(text, kSummaryBytes);
        return concat(cut.substr(0, std::min(cut.rfind(' '), cut.size())), "…");
    }
    return {};
}

// A heading that only repeats the title goes: the title stands above the body.
void drop_title(domain::Blocks& blocks, const std::string& title) {
    if (blocks.empty() || blocks.front().kind != domain::BlockKind::Heading) return;
    if (domain::plain_text(blocks.front().inlines) == title) blocks.erase(blocks.begin());
}

class Importer {
  public:
    Importer(const std::vector<SourceFile>& files, const ImportOptions& options)
        : options_(options) {
        report_.files = files.size();
        for (const SourceFile& file : files)
            add_source(file);
        std::sort(sources_.begin(), sources_.end(), [](const PageSource& a, const PageSource& b) {
            return a.path < b.path;
        });
    }

    ImportReport run() {
        number_articles();
        for (const auto& [stem, indices] : by_stem_)
            links_.add_page(stem, numbers_[stem]);
        for (const PageSource& source : sources_)
            add_addresses(source);
        for (const auto& [stem, indices] : by_stem_)
            add_article(stem, indices);
        for (const PageSource& source : sources_)
            add_redirect(source);
        return std::move(report_);
    }

  private:
    void issue(const std::string& path, Issue issue) {
        report_.issues.push_back({path, std::move(issue)});
    }

    void add_source(const SourceFile& file) {
        const bool is_clean = is_utf8(file.text) && is_utf8(file.path);
        if (is_clean) {
            sources_.push_back(read_page(file.path, file.text, options_.lang));
            return;
        }
        const std::string path = repaired(file.path);
        issue(path, {IssueKind::BadEncoding, 0, "broken bytes were replaced", 1});
        sources_.push_back(read_page(path, repaired(file.text), options_.lang));
    }

    // Numbers as the pages say, otherwise five letters of the id: stable, whatever else is
    // imported.
    void number_articles() {
        for (std::size_t i = 0; i < sources_.size(); ++i) {
            if (!sources_[i].redirect_to.empty()) continue;
            auto& of_stem = by_stem_[sources_[i].stem];
            const auto same = [&](std::size_t other) {
                return sources_[other].lang == sources_[i].lang;
            };
            if (std::any_of(of_stem.begin(), of_stem.end(), same))
                issue(sources_[i].path, {IssueKind::Duplicate, 0, sources_[i].stem, 1});
            else
                of_stem.push_back(i);
        }
        std::set<std::string> taken;
        for (const auto& [stem, indices] : by_stem_) {
            ids_[stem] = id_of(stem, indices);
            std::string said;
            for (const std::size_t index : indices)
                said = said.empty() ? sources_[index].number : said;
            std::string number = said.empty() ? concat("KB", short_code(ids_[stem])) : said;
            for (int again = 2; !taken.insert(number).second; ++again)
                number = concat("KB", short_code(derived(concat(stem, "#", again))));
            numbers_[stem] = number;
        }
    }

    [[nodiscard]] Id derived(std::string_view stem) const {
        return derived_id("article", concat(options_.source, "/", stem));
    }

    // As the pages say, unless another page said the same: two articles are never one row.
    Id id_of(const std::string& stem, const std::vector<std::size_t>& indices) {
        for (const std::size_t index : indices) {
            const Id& said = sources_[index].id;
            if (is_nil(said)) continue;
            if (taken_ids_.insert(said).second) return said;
            issue(sources_[index].path, {IssueKind::Duplicate, 0, to_text(said), 1});
        }
        return derived(stem);
    }

    void add_addresses(const PageSource& source) {
        if (!source.redirect_to.empty()) {
            links_.add_redirect(source.stem, source.redirect_to);
            return;
        }
        const std::string& number = numbers_[source.stem];
        links_.add_address(source.stem_with_lang, number);
        // "handbook/handbook.md" is how some generators name the page of a folder.
        const std::size_t slash = source.stem.rfind('/');
        const std::string folder = source.stem.substr(0, std::min(slash, source.stem.size()));
        const bool is_of_folder =
            slash != std::string::npos &&
            folder.substr(folder.rfind('/') + 1) == source.stem.substr(slash + 1);
        if (is_of_folder) links_.add_address(folder, number);
        for (const std::string& address : source.addresses)
            links_.add_address(address, number);
    }

    void add_article(const std::string& stem, const std::vector<std::size_t>& indices) {
        ImportedPage page;
        domain::Article& article = page.article;
        const PageSource& first = sources_[indices.front()];
        article.id = ids_[stem];
        article.number = numbers_[stem];
        article.source_path = is_nil(first.id) ? first.path : first.source_path;
        article.owner = options_.owner;
        article.reviewed_at = reviewed_at(indices);
        for (const std::size_t index : indices) {
            const PageSource& source = sources_[index];
            take_head(source, page);
            (source.lang == Lang::Es ? article.es : article.en) = text_of(source);
            for (const std::string& address : source.addresses)
                add_former(article, address);
        }
        if (is_nil(first.id)) add_former(article, stem);
        report_.pages.push_back(std::move(page));
    }

    static void add_former(domain::Article& article, std::string_view address) {
        const std::string normal = domain::normal_address(address);
        auto& all = article.addresses;
        if (!normal.empty() && std::find(all.begin(), all.end(), normal) == all.end())
            all.push_back(normal);
    }

    // A page that only leads to another one is an address of that one.
    void add_redirect(const PageSource& source) {
        if (source.redirect_to.empty()) return;
        const auto to = links_.resolve({source.folder, source.stem}, source.redirect_to);
        for (ImportedPage& page : report_.pages)
            if (to == concat("/articulos/", page.article.number))
                add_former(page.article, source.stem);
    }

    // Either language may say what holds for the article.
    void take_head(const PageSource& source, ImportedPage& page) const {
        domain::Article& article = page.article;
        article.version = std::max(article.version, source.version);
        if (!source.owner.empty()) article.owner = source.owner;
        if (!source.items.empty()) article.items = source.items;
        if (source.is_internal) article.is_internal = true;
        if (source.review_by) article.review_by = source.review_by;
        if (source.valid_to) article.valid_to = source.valid_to;
        page.is_dated = page.is_dated || source.reviewed_at.has_value();
    }

    // The earlier one, where the languages differ.
    [[nodiscard]] Instant reviewed_at(const std::vector<std::size_t>& indices) const {
        Instant earliest = Instant::max();
        for (const std::size_t index : indices) {
            const PageSource& source = sources_[index];
            const Instant relative =
                options_.now - std::chrono::hours(24) * source.reviewed_days_ago;
            earliest = std::min(earliest, source.reviewed_at.value_or(relative));
        }
        return earliest;
    }

    ArticleText text_of(const PageSource& source) {
        MarkdownOptions markdown;
        markdown.first_line = source.body_line;
        markdown.link = [&](std::string_view target) -> std::optional<std::string> {
            for (const std::string& kept : options_.kept_paths) {
                if (target.substr(0, kept.size()) == kept) return std::string(target);
            }
            return links_.resolve({source.folder, source.stem}, target);
        };
        Markdown parsed = parse_markdown(source.body, markdown);
        for (const Issue& found : source.issues)
            issue(source.path, found);
        for (Issue& found : parsed.issues)
            issue(source.path, std::move(found));
        ArticleText text;
        text.title = source.title;
        if (text.title.empty()) {
            text.title = title_from(parsed.blocks, source.stem);
            const bool has_heading =
                !parsed.blocks.empty() && parsed.blocks.front().kind == domain::BlockKind::Heading;
            if (!has_heading) issue(source.path, {IssueKind::NoTitle, 0, text.title, 1});
        }
        text.title = std::string(cut_utf8(text.title, limits::kTitleBytesMax));
        drop_title(parsed.blocks, text.title);
        check_fragments(parsed.blocks, source);
        text.summary = source.summary;
        if (text.summary.empty() && is_nil(source.id))
            text.summary = first_paragraph(parsed.blocks);
        text.keywords = source.keywords;
        text.blocks = domain::to_json(parsed.blocks);
        return text;
    }

    void check_fragments(domain::Blocks& blocks, const PageSource& source) {
        for (const std::string& target : resolve_fragments(blocks))
            issue(source.path, {IssueKind::BrokenLink, 0, target, 1});
    }

    const ImportOptions& options_;
    std::vector<PageSource> sources_;
    std::map<std::string, std::vector<std::size_t>> by_stem_;
    std::map<std::string, std::string> numbers_;
    std::map<std::string, Id> ids_;
    std::set<Id> taken_ids_;
    PageLinks links_;
    ImportReport report_;
};

bool is_page(const std::filesystem::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".md" || extension == ".markdown";
}

bool is_hidden(const std::filesystem::path& relative) {
    return std::any_of(relative.begin(), relative.end(), [](const std::filesystem::path& part) {
        const std::string name = part.string();
        return name.size() > 1 && name.front() == '.' && name != "..";
    });
}

}  // namespace

std::size_t ImportReport::count(IssueKind kind) const {
    std::size_t sum = 0;
    for (const PageIssue& one : issues)
        sum += one.issue.kind == kind ? static_cast<std::size_t>(one.issue.count) : 0;
    return sum;
}

ImportReport import_files(const std::vector<SourceFile>& files, const ImportOptions& options) {
    return Importer(files, options).run();
}

Result<ImportReport> import_tree(const std::filesystem::path& folder,
                                 const ImportOptions& options) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(folder, error))
        return Error{Errc::NotFound, concat("no folder ", folder.string()), {}};
    std::vector<SourceFile> files;
    std::size_t bytes = 0;
    fs::recursive_directory_iterator at(
        folder, fs::directory_options::skip_permission_denied, error);
    for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
        const fs::path relative = at->path().lexically_relative(folder);
        std::error_code ignored;
        if (!at->is_regular_file(ignored) || at->is_symlink(ignored)) continue;
        if (!is_page(relative) || is_hidden(relative)) continue;
        std::ifstream in(at->path(), std::ios::binary);
        SourceFile file{relative.generic_string(), {std::istreambuf_iterator<char>(in), {}}};
        bytes += file.text.size();
        if (files.size() == kFilesMax || bytes > kTreeBytesMax)
            return Error{Errc::TooLarge, "more pages than an import may have", {}};
        files.push_back(std::move(file));
    }
    if (error) return Error{Errc::Unavailable, error.message(), {}};
    return import_files(files, options);
}

std::string written(const ImportReport& report) {
    std::string out;
    for (const PageIssue& one : report.issues) {
        append(out,
               concat(one.path,
                      one.issue.line > 0 ? concat(":", one.issue.line) : "",
                      ": ",
                      name(one.issue.kind),
                      " ",
                      one.issue.what));
        if (one.issue.count > 1) append(out, concat(" (", one.issue.count, " times)"));
        out.push_back('\n');
    }
    append(out, concat(report.files, " files, ", report.pages.size(), " articles\n"));
    for (int kind = 0; kind <= static_cast<int>(IssueKind::Duplicate); ++kind) {
        const std::size_t count = report.count(static_cast<IssueKind>(kind));
        if (count > 0)
            append(out, concat("  ", name(static_cast<IssueKind>(kind)), ": ", count, "\n"));
    }
    return out;
}

}  // namespace ventanilla::content

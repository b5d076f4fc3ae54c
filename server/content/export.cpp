#include "server/content/export.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "server/content/front_matter.hpp"
#include "shared/content/markdown.hpp"
#include "shared/content/markdown_writer.hpp"
#include "server/content/page_source.hpp"
#include "shared/content/slug.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::Article;
using domain::ArticleText;
using domain::Block;
using domain::Blocks;
using domain::Inline;
using domain::InlineKind;
using domain::Inlines;
using domain::Lang;

constexpr std::string_view kArticlePath = "/articulos/";

// Without "..", hidden and empty parts and without control characters: a path below the folder,
// whatever a row says.
std::string inside(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        std::string part(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
        std::erase_if(part, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
        if (part.empty() || part.front() == '.') continue;
        out.append(out.empty() ? "" : "/").append(part);
    }
    return out;
}

// Where the files of one article lie.
struct Place {
    std::string stem;       // "travel/leave"
    std::string extension;  // ".md"
    bool says_lang = true;  // "leave.es.md"; a single page imported without a language has none

    [[nodiscard]] std::string path(Lang lang) const {
        return says_lang ? concat(stem, ".", name(lang), extension) : stem + extension;
    }
};

Place place_of(const Article& article) {
    Place place;
    const std::string path = inside(article.source_path);
    const std::size_t dot = path.rfind('.');
    const std::string extension = dot == std::string::npos ? std::string{} : path.substr(dot);
    const bool is_known = extension == ".md" || extension == ".markdown";
    place.extension = is_known ? extension : ".md";
    place.stem = is_known ? path.substr(0, dot) : std::string{};
    const bool had_lang = place.stem.ends_with(".es") || place.stem.ends_with(".en");
    if (had_lang) place.stem.resize(place.stem.size() - 3);
    const bool is_one = article.es.empty() || article.en.empty();
    place.says_lang = had_lang || !is_one || place.stem.empty();
    return place;
}

std::string own_stem(const Article& article) {
    const std::string words = slug(article.in(Lang::Es).title);
    const std::string number = slug(article.number);
    return words.empty() ? number : concat(number, "-", words);
}

// The stem by which an import tells pages apart, in lower case for file systems that see no other.
std::string key_of(const Place& place) {
    std::string key = read_page(place.stem + place.extension, {}, Lang::Es).stem;
    std::transform(key.begin(), key.end(), key.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return key;
}

// One on a line: the reader takes commas in brackets for ends.
std::string list_of(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& value : values)
        out += concat("\n  - ", front_matter_value(value));
    return out + "\n";
}

void put(std::string& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out += concat(key, ": ", value, "\n");
}

void put_quoted(std::string& out, std::string_view key, const std::string& value) {
    if (!value.empty()) put(out, key, front_matter_value(value));
}

std::string head_of(const Article& article, const ArticleText& text, Lang lang) {
    std::string out = "---\n";
    put_quoted(out, "title", text.title);
    put_quoted(out, "summary", text.summary);
    put_quoted(out, "keywords", text.keywords);
    put(out, "lang", name(lang));
    put_quoted(out, "number", article.number);
    put_quoted(out, "owner", article.owner);
    if (!article.items.empty()) out += "items:" + list_of(article.items);
    if (!article.addresses.empty()) out += "redirect_from:" + list_of(article.addresses);
    if (article.is_internal) put(out, "internal", "true");
    put(out, "reviewed_at", iso8601(article.reviewed_at));
    if (article.review_by) put(out, "review_by", iso8601(*article.review_by));
    if (article.valid_to) put(out, "valid_to", iso8601(*article.valid_to));
    put(out, "version", std::to_string(article.version));
    put_quoted(out, "source_path", article.source_path);
    put(out, "id", to_text(article.id));
    put(out, "templates", "none");
    return out + "---\n";
}

std::vector<std::string> ids_of(const Blocks& blocks) {
    std::vector<std::string> out;
    for (const Block& block : blocks) {
        if (!block.id.empty()) out.push_back(block.id);
        for (std::string& id : ids_of(block.children))
            out.push_back(std::move(id));
        for (const Blocks& item : block.items) {
            for (std::string& id : ids_of(item))
                out.push_back(std::move(id));
        }
    }
    return out;
}

// An import takes a first heading away that repeats the title, and counts it for the addresses of
// the others. Where one was, or one of the article's own would be taken, it is written.
std::string body_of(const Blocks& blocks, const std::string& title) {
    const std::string markdown = to_markdown(blocks);
    const bool is_at_risk = !blocks.empty() && blocks.front().kind == domain::BlockKind::Heading &&
                            domain::plain_text(blocks.front().inlines) == title;
    if (!is_at_risk && ids_of(parse_markdown(markdown).blocks) == ids_of(blocks)) return markdown;
    Block heading;
    heading.kind = domain::BlockKind::Heading;
    heading.level = 1;
    heading.inlines = {Inline{.text = title, .target = {}, .children = {}}};
    const std::string titled = concat(to_markdown({heading}), "\n", markdown);
    std::vector<std::string> ids = ids_of(parse_markdown(titled).blocks);
    if (!ids.empty()) ids.erase(ids.begin());
    return is_at_risk || ids == ids_of(blocks) ? titled : markdown;
}

class Exporter {
  public:
    explicit Exporter(const std::vector<Article>& articles) {
        for (const Article& article : articles)
            articles_.push_back(&article);
        std::sort(articles_.begin(), articles_.end(), [](const Article* a, const Article* b) {
            return a->source_path != b->source_path ? a->source_path < b->source_path
                                                    : a->id < b->id;
        });
    }

    Export run() {
        for (const Article* article : articles_)
            find_place(*article);
        for (const Article* article : articles_) {
            for (const Lang lang : {Lang::Es, Lang::En})
                write(*article, lang);
        }
        std::sort(out_.files.begin(), out_.files.end(), [](const auto& a, const auto& b) {
            return a.path < b.path;
        });
        read_back();
        return std::move(out_);
    }

  private:
    void find_place(const Article& article) {
        Place place = place_of(article);
        if (place.stem.empty() || !taken_.insert(key_of(place)).second) {
            place.stem = own_stem(article);
            place.says_lang = true;
            for (int again = 2; !taken_.insert(key_of(place)).second; ++again)
                place.stem = concat(own_stem(article), "-", again);
        }
        by_number_.try_emplace(article.number, &article);
        places_.emplace(article.id, std::move(place));
    }

    void write(const Article& article, Lang lang) {
        const ArticleText& text = lang == Lang::Es ? article.es : article.en;
        if (text.empty()) return;
        const std::string path = places_.at(article.id).path(lang);
        Result<Blocks> blocks = domain::blocks_from_json(text.blocks);
        if (!blocks) {
            out_.losses.push_back(concat(path, ": the text of ", article.number, " is damaged"));
            blocks = Blocks{};
        }
        link_files(*blocks, path, lang);
        out_.files.push_back(
            {path, concat(head_of(article, text, lang), body_of(*blocks, text.title))});
    }

    // Links to articles of the folder lead to their files, so that it can be read without a portal.
    void link_files(Blocks& blocks, const std::string& from, Lang lang) const {
        for (Block& block : blocks) {
            link_files(block.inlines, from, lang);
            link_files(block.children, from, lang);
            for (Blocks& item : block.items)
                link_files(item, from, lang);
            for (Inlines& cell : block.header)
                link_files(cell, from, lang);
            for (auto& row : block.rows) {
                for (Inlines& cell : row)
                    link_files(cell, from, lang);
            }
        }
    }

    void link_files(Inlines& inlines, const std::string& from, Lang lang) const {
        for (Inline& part : inlines) {
            link_files(part.children, from, lang);
            if (part.kind == InlineKind::Link) part.target = file_of(part.target, from, lang);
        }
    }

    [[nodiscard]] std::string file_of(const std::string& target,
                                      const std::string& from,
                                      Lang lang) const {
        if (!target.starts_with(kArticlePath)) return target;
        const std::size_t hash = std::min(target.find('#'), target.size());
        const auto found =
            by_number_.find(target.substr(kArticlePath.size(), hash - kArticlePath.size()));
        if (found == by_number_.end()) return target;
        const Article& article = *found->second;
        const bool has_lang = !(lang == Lang::Es ? article.es : article.en).empty();
        const Lang other = lang == Lang::Es ? Lang::En : Lang::Es;
        const std::string path = places_.at(article.id).path(has_lang ? lang : other);
        const std::filesystem::path folder = std::filesystem::path(from).parent_path();
        const std::string file =
            std::filesystem::path(path).lexically_relative(folder).generic_string();
        const bool is_plain = std::all_of(file.begin(), file.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_' || c == '.' || c == '/';
        });
        return is_plain ? file + target.substr(hash) : target;
    }

    // What an import of these files makes of them, against what they were made of.
    void read_back() {
        const ImportReport report = import_files(out_.files, {});
        std::map<Id, const Article*> read;
        for (const ImportedPage& page : report.pages)
            read.emplace(page.article.id, &page.article);
        for (const Article* article : articles_) {
            const auto found = read.find(article->id);
            if (found == read.end())
                out_.losses.push_back(article->number + ": reading the folder would not find it");
            else
                compare(*article, *found->second);
        }
    }

    void compare(const Article& article, Article read) {
        read.votes_helpful = article.votes_helpful;
        read.votes_total = article.votes_total;
        read.version_row = article.version_row;  // earlier versions stay in the store
        read.sections = article.sections;  // follows from them
        const Json before = domain::to_json(article);
        const Json after = domain::to_json(read);
        for (const std::string& key : differences(before, after)) {
            if (key != "es" && key != "en") {
                lose(article, key);
                continue;
            }
            for (const std::string& part : differences(member(before, key), member(after, key)))
                lose(article, concat(key, ".", part));
        }
    }

    // The members that are not the same in both.
    static std::set<std::string> differences(const Json& one, const Json& other) {
        std::set<std::string> out;
        for (const Json* each : {&one, &other}) {
            if (!each->is_object()) continue;
            for (const auto& [key, value] : each->items()) {
                if (member(one, key) != member(other, key)) out.insert(key);
            }
        }
        return out;
    }

    void lose(const Article& article, std::string_view what) {
        out_.losses.push_back(
            concat(article.number, ": ", what, " would not be read back as it is"));
    }

    std::vector<const Article*> articles_;  // by source_path, then id
    std::set<std::string> taken_;
    std::map<Id, Place> places_;
    std::map<std::string, const Article*> by_number_;
    Export out_;
};

}  // namespace

Export export_articles(const std::vector<Article>& articles) {
    return Exporter(articles).run();
}

}  // namespace ventanilla::content

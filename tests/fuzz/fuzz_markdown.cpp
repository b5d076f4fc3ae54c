#include <algorithm>
#include <string>

#include "server/content/export.hpp"
#include "server/content/html.hpp"
#include "server/content/import.hpp"
#include "shared/content/markdown.hpp"
#include "shared/base/text.hpp"
#include "tests/fuzz/input.hpp"

// A page as anybody might write it, head and template instructions included: always a tree within
// its bounds that reads back the same, and HTML without anything active in it.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ventanilla;
    const std::string_view text = fuzz::text_of(data, size);
    const content::Markdown read = content::parse_markdown(text);
    const Json written = domain::to_json(read.blocks);
    const auto parsed = parse_json(dump_json(written), std::size_t{64} * 1024 * 1024);
    fuzz::must(parsed.has_value(), "the tree is JSON within its depth");
    const auto again = domain::blocks_from_json(*parsed);
    fuzz::must(again.has_value(), "what was written can be read");
    fuzz::must(*again == read.blocks, "a round changes nothing");
    const std::string html = content::to_html(read.blocks);
    fuzz::must(html.find("<script") == std::string::npos, "no script comes out");
    std::string lower = html;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    for (const char* scheme : {"javascript:", "vbscript:", "data:"})
        fuzz::must(lower.find(concat("href=\"", scheme)) == std::string::npos, "no script is linked");
    const auto report = content::import_files({{"a.md", std::string(text)}, {"b.md", "# B"}}, {});
    fuzz::must(!report.pages.empty(), "one bad page does not stop the others");
    std::vector<domain::Article> articles;
    for (const content::ImportedPage& page : report.pages)
        articles.push_back(page.article);
    const content::Export made = content::export_articles(articles);
    fuzz::must(made.files.size() == articles.size(), "each article has its file");
    fuzz::must(content::import_files(made.files, {}).pages.size() == articles.size(),
               "and each file its article");
    return 0;
}

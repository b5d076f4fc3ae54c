#include "tests/content/support_pages.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

std::string tabs(std::string text) {
    for (std::size_t at = text.find("→"); at != std::string::npos; at = text.find("→", at))
        text.replace(at, std::string_view("→").size(), "\t");
    return text;
}

ImportReport read(const std::filesystem::path& folder, const ImportOptions& options) {
    auto report = import_tree(folder, options);
    EXPECT_TRUE(report) << folder;
    return report ? std::move(report).value() : ImportReport{};
}

}  // namespace

std::vector<SpecExample> spec_examples() {
    std::ifstream in(VENTANILLA_SPEC_FILE);
    EXPECT_TRUE(in) << VENTANILLA_SPEC_FILE;
    const std::string spec((std::istreambuf_iterator<char>(in)), {});
    const std::string fence(32, '`');
    std::vector<SpecExample> out;
    for (std::size_t at = spec.find(fence + " example\n"); at != std::string::npos;
         at = spec.find(fence + " example\n", at)) {
        const std::size_t begin = spec.find('\n', at) + 1;
        const std::size_t middle = spec.find("\n.\n", begin - 1);
        const std::size_t end = spec.find("\n" + fence, middle);
        out.push_back({tabs(spec.substr(begin, middle + 1 - begin)),
                       tabs(spec.substr(middle + 3, end > middle + 3 ? end - middle - 3 : 0))});
        at = end;
    }
    EXPECT_GT(out.size(), 600U);
    return out;
}

ImportReport demo_articles() {
    return read(VENTANILLA_SOURCE_DIR "/assets/demo/articles", {.source = "demo"});
}

ImportReport handbook_articles() {
    const char* given = std::getenv("VENTANILLA_HANDBOOK");
    const std::filesystem::path folder = given != nullptr ? given : VENTANILLA_HANDBOOK_DIR;
    if (!std::filesystem::is_directory(folder)) return {};
    return read(folder, {.source = "handbook", .lang = domain::Lang::En});
}

std::vector<const domain::ArticleText*> texts_of(const domain::Article& article) {
    std::vector<const domain::ArticleText*> out;
    for (const domain::ArticleText* text : {&article.es, &article.en}) {
        if (!text->empty()) out.push_back(text);
    }
    return out;
}

domain::Blocks blocks_of(const domain::ArticleText& text) {
    const auto blocks = domain::blocks_from_json(text.blocks);
    EXPECT_TRUE(blocks) << text.title;
    return blocks ? *blocks : domain::Blocks{};
}

}  // namespace ventanilla::content

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "shared/base/json.hpp"
#include "shared/content/markdown.hpp"
#include "shared/content/markdown_writer.hpp"
#include "shared/rules/personal_data.hpp"

// Markdown for who writes articles, as a module of its own that wasm/platform/js/markdown.js loads
// when it is first needed: readers do without its 91 KB (ADR 12). It keeps nothing between two
// calls.
//
// A call: text into room(size), then read() or write(); the answer is at the address given, its
// size in front as u32, and holds until the next call.

namespace {

using ventanilla::Json;
namespace content = ventanilla::content;

std::string given;
std::string answer;

const char* answered(std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    answer.assign(sizeof(size), '\0');
    std::memcpy(answer.data(), &size, sizeof(size));
    answer += text;
    return answer.data();
}

Json issues_json(const std::vector<content::Issue>& issues) {
    Json out = Json::array();
    for (const content::Issue& issue : issues)
        out.push_back(
            {{"kind", static_cast<int>(issue.kind)}, {"line", issue.line}, {"what", issue.what}});
    return out;
}

Json personal_json(std::string_view text) {
    Json out = Json::array();
    for (const auto& each : ventanilla::rules::personal_data_in(text))
        out.push_back({{"kind", name(each.kind)}, {"line", each.line}, {"text", each.text}});
    return out;
}

}  // namespace

extern "C" {

__attribute__((export_name("room"))) char* room(std::uint32_t size) {
    given.resize(size);
    return given.data();
}

// Markdown as {"blocks": […], "issues": [{"kind", "line", "what"}], "personal": [{"kind", "line", "text"}]}.
__attribute__((export_name("read"))) const char* read_markdown() {
    const content::Markdown markdown = content::parse_markdown(given);
    const Json out = {{"blocks", to_json(markdown.blocks)},
                      {"issues", issues_json(markdown.issues)},
                      {"personal", personal_json(given)}};
    return answered(out.dump());
}

// Blocks as Markdown; empty when they are none.
__attribute__((export_name("write"))) const char* write_markdown() {
    const ventanilla::Result<Json> json = ventanilla::parse_json(given);
    if (!json) return answered({});
    const auto blocks = ventanilla::domain::blocks_from_json(*json);
    return answered(blocks ? content::to_markdown(*blocks) : std::string{});
}

}  // extern "C"

#include "shared/base/text.hpp"
#include "shared/search/index.hpp"
#include "shared/search/tokens.hpp"
#include "tests/fuzz/input.hpp"

// Any text as a document and as a query: words lie inside the text, marks inside what they mark.

namespace {

using namespace ventanilla;

void check_marks(std::string_view text, const std::vector<search::Span>& marks) {
    std::uint32_t last = 0;
    for (const search::Span& mark : marks) {
        fuzz::must(mark.from >= last && mark.to > mark.from && mark.to <= text.size(),
                   "marks ascend inside the text");
        last = mark.to;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    for (const search::Token& token : search::tokens(text)) {
        fuzz::must(token.from < token.to && token.to <= size, "a word lies inside the text");
        fuzz::must(!token.term.empty() && token.term.size() <= search::kTermBytesMax,
                   "a term is bounded");
        fuzz::must(is_utf8(token.term), "a term is UTF-8");
        search::stem(token.term, search::Lang::Es);
        search::stem(token.term, search::Lang::En);
    }
    search::Index index;
    search::Document document;
    document.key = document.id = "a";
    document.title = std::string(text.substr(0, size / 3));
    document.body = std::string(text.substr(size / 3));
    index.put(document);
    document.key = document.id = "b";
    document.title = "La VPN no conecta: error 809";
    index.put(document);
    const search::Results results = index.search(text);
    for (const search::Group& group : results.groups) {
        for (const search::Hit& hit : group.hits) {
            check_marks(hit.title, hit.title_marks);
            check_marks(hit.snippet, hit.snippet_marks);
        }
    }
    return 0;
}

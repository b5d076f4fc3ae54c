#include "shared/base/hash.hpp"
#include "shared/search/index.hpp"
#include "shared/search/stored_form.hpp"
#include "tests/fuzz/input.hpp"

// A stored search index, damaged in any way: bare, and again with a good mark and checksum in
// front, so that the search gets behind them. What is read must be an index like any other: it
// answers, grows, shrinks, and is written and read again as the same.

namespace {

using namespace ventanilla;

constexpr std::size_t kHeadBytes = 8;  // mark and checksum

std::string sealed(std::string_view body) {
    const std::uint32_t crc = crc32c(body);
    std::string out(search::kStoredFormMark);
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(crc >> shift));
    return out.append(body);
}

const std::string& real_index() {
    static const std::string kStored = [] {
        search::Index index;
        search::Document document;
        document.key = document.id = "article:1:es";
        document.title = "VPN: errores 809 y 720";
        document.summary = "Cuando no conecta";
        document.body = "## Antes\nReinicia el router.\n## Si sigue igual\nWi-Fi, e-mail y ñandú.";
        index.put(document);
        document.key = "article:1:en";
        document.lang = search::Lang::En;
        document.title = "VPN: errors 809 and 720";
        index.put(document);
        return index.stored_form();
    }();
    return kStored;
}

// A real index with some bytes changed: each three of the input say where and to what.
std::string edited(std::string_view edits) {
    std::string body = real_index().substr(kHeadBytes);
    for (; edits.size() >= 3; edits.remove_prefix(3)) {
        const std::size_t high = static_cast<unsigned char>(edits[0]);
        const std::size_t low = static_cast<unsigned char>(edits[1]);
        body[(high * 256 + low) % body.size()] = edits[2];
    }
    return body;
}

void use(search::Index& index) {
    for (const char* query : {"vpn", "título wifi", "conexion 809 no"}) {
        const search::Results results = index.search(query);
        for (const search::Group& group : results.groups)
            for (const search::Hit& hit : group.hits)
                for (const search::Span& mark : hit.snippet_marks)
                    fuzz::must(mark.from < mark.to && mark.to <= hit.snippet.size(),
                               "a mark lies inside what it marks");
    }
    const std::string stored = index.stored_form();
    search::Index again;
    fuzz::must(again.load(stored).has_value(), "what was read can be written and read again");
    fuzz::must(again.stored_form() == stored, "and stays the same");
    search::Document document;
    document.key = document.id = "new";
    document.title = "VPN nueva";
    index.put(document);
    fuzz::must(index.contains("new"), "it grows");
    fuzz::must(index.search("vpn nueva").total > 0, "and finds what is new");
    index.remove("new");
    fuzz::must(!index.contains("new"), "it shrinks");
}

void load(std::string_view bytes) {
    search::Index index;
    const Status done = index.load(bytes);
    if (done)
        use(index);
    else
        fuzz::must(done.error().code == Errc::Corrupt && index.size() == 0, "nothing is half read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    load(bytes);
    load(sealed(bytes));
    load(sealed(edited(bytes)));
    if (bytes.size() > kHeadBytes) load(sealed(bytes.substr(kHeadBytes)));
    return 0;
}

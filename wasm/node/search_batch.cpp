#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include <emscripten.h>

#include "shared/search/batch.hpp"

// `ventanilla kb search-batch` as a program for Node: the engine as the portal has it, measured
// where it runs. `make search-batch-wasm` builds it; the native verb is
// server/admin/search_batch.cpp.

// Node has gzip, and the portal needs none of its own.
EM_JS(double, node_gzip_bytes, (const char* bytes, double size), {
    return require("zlib").gzipSync(HEAPU8.subarray(bytes, bytes + size)).length;
});

namespace {

using namespace ventanilla;

constexpr const char* kUsage =
    "usage: node search-batch.js --docs FILE.jsonl --queries FILE.jsonl --lang es|en --depth N "
    "[--explain] [--slices]\n";

struct Words {
    std::string docs;
    std::string queries;
    search::BatchOptions options;
};

// Whether the words make sense.
bool read_words(int argc, char** argv, Words& words) {
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--slices") {
            words.options.in_slices = true;
            continue;
        }
        if (name == "--explain") {
            words.options.explains = true;
            continue;
        }
        if (i + 1 == argc) return false;
        const std::string value = argv[++i];
        if (name == "--docs")
            words.docs = value;
        else if (name == "--queries")
            words.queries = value;
        else if (name == "--lang")
            words.options.lang = domain::lang_of(value);
        else if (name == "--depth")
            words.options.depth = std::strtoul(value.c_str(), nullptr, 10);
        else
            return false;
    }
    return !words.docs.empty() && !words.queries.empty() && words.options.depth > 0;
}

std::int64_t now_us() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

search::BatchPorts::NextLine lines_of(std::ifstream& file) {
    return [&file](std::string& line) { return static_cast<bool>(std::getline(file, line)); };
}

}  // namespace

int main(int argc, char** argv) {
    Words words;
    if (!read_words(argc, argv, words)) {
        std::fputs(kUsage, stderr);
        return 2;
    }
    std::ifstream docs(words.docs);
    std::ifstream queries(words.queries);
    if (!docs || !queries) {
        std::fprintf(stderr, "cannot read %s\n", (docs ? words.queries : words.docs).c_str());
        return 1;
    }
    search::run_batch({.next_document = lines_of(docs),
                       .next_query = lines_of(queries),
                       .write = [](std::string_view line) { std::puts(std::string(line).c_str()); },
                       .complain =
                           [](std::string_view sentence) {
                               std::fprintf(stderr, "%s\n", std::string(sentence).c_str());
                           },
                       .now_us = now_us,
                       .gzip_bytes =
                           [](std::string_view bytes) {
                               return static_cast<std::size_t>(node_gzip_bytes(
                                   bytes.data(), static_cast<double>(bytes.size())));
                           }},
                      words.options);
    return 0;
}

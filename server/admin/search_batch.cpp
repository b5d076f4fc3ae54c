#include "server/admin/search_batch.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>

#include <CLI/CLI.hpp>
#include <zlib.h>

#include "shared/base/text.hpp"
#include "shared/search/batch.hpp"

namespace ventanilla::admin {
namespace {

struct BatchWords {
    std::string docs;
    std::string queries;
    std::string lang = "es";
    search::BatchOptions options;
};

std::int64_t now_us() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

// The size of `bytes` as a gzip file at its usual level.
std::size_t gzip_bytes(std::string_view bytes) {
    constexpr int kGzipWindow = 15 + 16;  // 32 KiB, with gzip's header
    z_stream stream{};
    if (deflateInit2(
            &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return bytes.size();
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    std::string in(bytes);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    const std::size_t size = stream.total_out;
    deflateEnd(&stream);
    return size;
}

search::BatchPorts::NextLine lines_of(std::ifstream& file) {
    return [&file](std::string& line) { return static_cast<bool>(std::getline(file, line)); };
}

Result<std::string> run(const BatchWords& words) {
    std::ifstream docs(words.docs);
    if (!docs) return Error{Errc::NotFound, concat("cannot read ", words.docs), "docs"};
    std::ifstream queries(words.queries);
    if (!queries) return Error{Errc::NotFound, concat("cannot read ", words.queries), "queries"};
    const search::BatchPorts ports{
        .next_document = lines_of(docs),
        .next_query = lines_of(queries),
        .write = [](std::string_view line) { std::puts(std::string(line).c_str()); },
        .complain =
            [](std::string_view sentence) {
                std::fprintf(stderr, "ventanilla: %s\n", std::string(sentence).c_str());
            },
        .now_us = now_us,
        .gzip_bytes = gzip_bytes};
    search::BatchOptions options = words.options;
    options.lang = domain::lang_of(words.lang);
    search::run_batch(ports, options);
    return std::string{};
}

}  // namespace

void add_search_batch(CLI::App& kb,
                      std::function<int()>& action,
                      std::function<int(const Result<std::string>&)> finish) {
    constexpr std::size_t kDepthMax = 10'000;
    const auto words = std::make_shared<BatchWords>();
    CLI::App* batch = kb.add_subcommand(
        "search-batch",
        "answer a file of queries over a file of documents, to measure the ranking");
    batch->add_option("--docs", words->docs, "lines {\"id\", \"lang\", \"title\", \"body\"}")
        ->required();
    batch->add_option("--queries", words->queries, "lines {\"id\", \"text\"}")->required();
    batch->add_option("--lang", words->lang, "of the person who asks")
        ->check(CLI::IsMember({"es", "en"}))
        ->default_val("es");
    batch->add_option("--depth", words->options.depth, "hits a query, at most")
        ->check(CLI::Range(std::size_t{1}, kDepthMax))
        ->default_val(10);
    batch->add_flag("--explain", words->options.explains, "say what each hit's place is made of");
    batch->callback(
        [words, &action, finish] { action = [words, finish] { return finish(run(*words)); }; });
}

}  // namespace ventanilla::admin

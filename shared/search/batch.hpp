#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "shared/search/index.hpp"

// Many queries over a collection of its own, line by line: how the ranking is measured
// (`ventanilla kb search-batch`, and the same under Node). The index is the portal's; nothing here
// ranks. Files, the clock and gzip are the caller's.

namespace ventanilla::search {

// The world around a batch. Every member must be set.
struct BatchPorts {
    using NextLine = std::function<bool(std::string& line)>;  // false at the end

    NextLine next_document;
    NextLine next_query;
    std::function<void(std::string_view line)> write;         // one line of JSON, no line break
    std::function<void(std::string_view sentence)> complain;  // about a line that was left out
    std::function<std::int64_t()> now_us;
    std::function<std::size_t(std::string_view bytes)> gzip_bytes;  // their size compressed
};

struct BatchOptions {
    Lang lang = Lang::Es;    // of the person, and of documents that do not say
    std::size_t depth = 10;  // hits a query, at most
    bool in_slices = false;  // as the portal does; says how long each slice takes
    bool explains = false;   // adds "why": what each hit's place is made of
};

// Indexes every document line {"id", "lang", "title", "body"} and answers every query line
// {"id", "text"} with {"id", "hits": [["document id", score], …], "us"}; the last line written is
// {"build_ms", "load_ms", "index_bytes", "index_gzip_bytes", "docs"}, where the index is loaded
// from its stored form; in slices also "slices", "slice_ms_p99" and "slice_ms_max". Ids may be texts
// or whole numbers. A line that is broken or lacks something is left out and complained about with
// its number and why. A document with the id and the language
// of an earlier one replaces it.
void run_batch(const BatchPorts& ports, const BatchOptions& options);

}  // namespace ventanilla::search

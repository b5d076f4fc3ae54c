#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/id.hpp"

// Single members of a JSON object, read out of its text without building the object: a list of thousands of
// rows needs a few of each, and the whole of one costs fifty times as much time and memory. Only for text
// that parse_json has accepted or dump_json has written; in anything else it finds too little, and never
// reads past the end. The readers answer like those of json.hpp with the same names.

namespace ventanilla {

class JsonPeek {
  public:
    // Cost: one pass over `object`, which must outlive this.
    explicit JsonPeek(std::string_view object);

    // The member as it is written, quotes and all; empty when it is not there.
    [[nodiscard]] std::string_view member(std::string_view key) const;

    [[nodiscard]] std::string text_or(std::string_view key, std::string_view fallback = {}) const;
    [[nodiscard]] std::int64_t int_or(std::string_view key, std::int64_t fallback = 0) const;
    [[nodiscard]] bool bool_or(std::string_view key, bool fallback = false) const;
    [[nodiscard]] Id id_or_nil(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts_or_none(std::string_view key) const;  // of a list, in order

  private:
    std::vector<std::pair<std::string_view, std::string_view>> members_;
};

}  // namespace ventanilla

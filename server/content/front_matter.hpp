#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

// The few lines of YAML at the head of a page. Only what pages use is read: plain and quoted
// values, lists with dashes or in brackets, all at the first level; what is nested deeper is
// skipped.

namespace ventanilla::content {

struct FrontMatter {
    std::map<std::string, std::vector<std::string>> values;
    std::string_view body;  // the text behind it
    int body_line = 1;      // where that begins in the file

    // The first value of `key`, or nothing.
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> list(std::string_view key) const;
};

// Any text will do; one without a head is all body.
FrontMatter read_front_matter(std::string_view text);

// `value` as it stands behind its key, in double quotes; read_front_matter gives it back.
std::string front_matter_value(std::string_view value);

}  // namespace ventanilla::content

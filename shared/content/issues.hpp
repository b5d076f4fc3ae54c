#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What of a source text could not be carried over as it was, for the report of an import and the
// editor's checks. Nothing is left out silently but comments.

namespace ventanilla::content {

enum class IssueKind : std::uint8_t {
    RawHtml,       // the tag went or became a block, its text stayed
    DroppedHtml,   // script, style, frames: nothing stayed
    BrokenLink,    // leads nowhere; its text stayed
    UnsafeLink,    // not http, https, mailto, tel or relative; its text stayed
    MissingImage,  // not in the folder; its alternative text stayed
    Shortcode,     // a template instruction only its own site understands
    TooDeep,       // nested further than articles go; flattened
    TooLarge,      // cut at the limit
    BadEncoding,   // not UTF-8; the page was left out or bytes were replaced
    NoTitle,       // made from the file name
    Duplicate,     // another page has the same address; left out
};

std::string_view name(IssueKind kind);  // "raw HTML", "broken link", …

struct Issue {
    IssueKind kind = IssueKind::RawHtml;
    int line = 0;      // of the first one, in the file; 0 when it is none in particular
    std::string what;  // the tag, target or instruction, at most 120 bytes
    int count = 1;     // the same again and again is one issue

    friend bool operator==(const Issue&, const Issue&) = default;
};

// Counts an issue that was there before, otherwise appends it. Past 500 kinds of trouble nothing is
// added.
void report(std::vector<Issue>& issues, IssueKind kind, int line, std::string_view what);

}  // namespace ventanilla::content

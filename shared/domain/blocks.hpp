#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.hpp"

// The body of an article as a tree of blocks, made from Markdown once, when it is published or
// imported (shared/content). The portal draws it, the server writes HTML from it, search reads its
// plain text: one tree, so all three say the same. There is no HTML in it, and no way to put any.

namespace ventanilla::domain {

// Bounds of the tree. Nesting is counted in containers (list item, quote, callout) and keeps the
// JSON of a row on a pull page below limits::kJsonDepthMax.
inline constexpr int kBlockDepthMax = 6;
inline constexpr int kInlineDepthMax = 8;
inline constexpr std::size_t kBlockNodesMax =
    200'000;  // blocks and inlines; 10,000 headings fit easily

enum class InlineKind : std::uint8_t { Text, Strong, Emphasis, Strike, Code, Link, Image, Break };

struct Inline {
    InlineKind kind = InlineKind::Text;
    std::string text;              // Text, Code: what is read; Image: its alternative text
    std::string target;            // Link: where to, Image: its source; always is_safe_link
    std::vector<Inline> children;  // Strong, Emphasis, Strike, Link

    friend bool operator==(const Inline&, const Inline&) = default;
};
using Inlines = std::vector<Inline>;

bool is_container(InlineKind kind);  // Strong, Emphasis, Strike, Link: what has children

enum class BlockKind : std::uint8_t { Paragraph, Heading, List, Code, Quote, Table, Rule, Callout };
enum class CalloutTone : std::uint8_t { Note, Tip, Warning, Danger };
enum class Align : std::uint8_t { Default, Left, Center, Right };

struct Block {
    BlockKind kind = BlockKind::Paragraph;
    Inlines inlines;          // Paragraph, Heading; Callout: its title, may be empty
    int level = 0;            // Heading: 1 to 6. An article's own title is not in its body
    std::string id;           // Heading: unique in the body, [a-z0-9-], for "#id" links
    std::string text;         // Code: lines with '\n'
    std::string language;     // Code: "powershell", may be empty
    bool is_ordered = false;  // List
    bool is_tight = true;     // List: no space between its items
    int start = 1;            // List: the first number
    CalloutTone tone = CalloutTone::Note;    // Callout
    std::vector<Block> children;             // Quote, Callout
    std::vector<std::vector<Block>> items;   // List: the blocks of each item
    std::vector<Align> aligns;               // Table: one a column
    std::vector<Inlines> header;             // Table: as many cells as columns
    std::vector<std::vector<Inlines>> rows;  // Table: each as long as the header

    friend bool operator==(const Block&, const Block&) = default;
};
using Blocks = std::vector<Block>;

// Whether `target` may be followed: http, https, mailto, tel, a path on this site or "#part".
// Anything that hides its scheme (control characters, entities left over, backslashes, "//host") is
// not. An empty target is not either.
bool is_safe_link(std::string_view target);

// Inlines are written flat, so that nesting costs no JSON depth: "text", {"t":"b"} opens, null
// closes.
Json to_json(const Blocks& blocks);

// Errors: Invalid when it is not what to_json writes, over a bound, or with a target that is not
// safe.
Result<Blocks> blocks_from_json(const Json& value);

// A stretch of text in one style: what a line breaker wants to see instead of a tree.
struct Run {
    std::string_view text;  // "\n" for a break, the alternative text for an image
    std::string_view
        href;  // empty outside links; runs of one link follow each other and share `link`
    std::string_view image;  // source, empty unless this is an image
    int link = -1;           // counts the links of the block from 0; -1 outside
    bool is_strong = false;
    bool is_emphasis = false;
    bool is_code = false;
    bool is_strike = false;
    bool is_break = false;
};

// The runs of `inlines` in reading order; they point into `inlines`.
std::vector<Run> runs(const Inlines& inlines);

std::string plain_text(const Inlines& inlines);

// The text without marks: blocks on lines of their own, headings as "## " lines, list items as "- "
// or "1. ", table cells separated by " | ". What search indexes.
std::string plain_text(const Blocks& blocks);

// How long the text takes to read, at 200 words of Spanish a minute; at least 1.
std::size_t reading_minutes(const Blocks& blocks);

}  // namespace ventanilla::domain

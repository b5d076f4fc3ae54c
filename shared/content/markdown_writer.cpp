#include "shared/content/markdown_writer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "shared/content/markdown.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::Align;
using domain::Block;
using domain::BlockKind;
using domain::Blocks;
using domain::Inline;
using domain::InlineKind;
using domain::Inlines;

constexpr std::array<std::string_view, 4> kCalloutMarks = {
    "[!NOTE]", "[!TIP]", "[!WARNING]", "[!CAUTION]"};
constexpr std::array<std::string_view, 4> kRules = {"---", ":--", ":-:", "--:"};
constexpr std::string_view kBreak = "<br>";
// An empty comment ends whatever stands before it, with or without blank lines, and is nothing.
constexpr std::string_view kNothing = "<!-- -->";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_gap(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

// Whether an entity such as "&amp;" or "&#65;" begins at `at`, where an "&" stands.
bool is_entity(std::string_view text, std::size_t at) {
    constexpr std::size_t kLongest = 40;
    const std::size_t end = text.substr(0, at + kLongest).find(';', at);
    return end != std::string_view::npos &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                       text.begin() + static_cast<std::ptrdiff_t>(end),
                       [](char c) { return c == '#' || is_word(c); });
}

// Nothing in it is read as an entity. For where a backslash would not do.
std::string without_entities(std::string_view text) {
    std::string out;
    for (const char c : text)
        append(out, c == '&' ? std::string_view("&amp;") : std::string_view(&c, 1));
    return out;
}

// Whether a list's number stands at the start of `text`: "12." or "12)".
std::size_t number_length(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits]))
        ++digits;
    const bool is_marker =
        digits > 0 && digits < text.size() && (text[digits] == '.' || text[digits] == ')');
    return is_marker ? digits : 0;
}

// As a person would write it where that can be read, or so that it is read whatever stands around
// it.
enum class Care : std::uint8_t { Plain, Careful };

// One paragraph, heading or cell.
class LineWriter {
  public:
    LineWriter(Care care, bool is_one_line) : care_(care), is_one_line_(is_one_line) {}

    std::string write(const Inlines& parts) {
        inlines(parts, '\n');
        // A blank at the end of a line is no part of it unless it is written out.
        if (!out_.empty() && is_gap(out_.back())) end_blank();
        // A tag alone on its line would begin a block of HTML.
        if (out_ == kBreak) append(out_, kNothing);
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_line_start() const { return out_.empty() || out_.back() == '\n'; }

    void end_blank() {
        const char blank = out_.back();
        out_.pop_back();
        out_ += concat("&#", static_cast<int>(blank), ";");
    }

    // `next`: the character that will follow the parts, for the rules of marks.
    void inlines(const Inlines& parts, char next) {
        for (std::size_t i = 0; i < parts.size(); ++i)
            one(parts[i], i + 1 < parts.size() ? first_of(parts[i + 1]) : next);
    }

    // What a part begins with: only its class matters.
    static char first_of(const Inline& part) {
        if (part.kind == InlineKind::Break) return '\n';
        if (part.kind != InlineKind::Text || part.text.empty()) return '*';
        return part.text.front();
    }

    void one(const Inline& part, char next) {
        switch (part.kind) {
            case InlineKind::Text: text(part.text); break;
            case InlineKind::Code: code(part.text); break;
            case InlineKind::Break: line_break(next); break;
            case InlineKind::Strong: mark(part, "**", "strong", next); break;
            case InlineKind::Emphasis: mark(part, "_", "em", next); break;
            case InlineKind::Strike: mark(part, "~~", "del", next); break;
            case InlineKind::Link: link(part); break;
            case InlineKind::Image:
                out_ += "![";
                text(part.text);
                out_ += concat("](", target(part.target), ")");
                break;
        }
    }

    // A break at an end of the paragraph, beside another one or on a line that cannot go on.
    void line_break(char next) {
        if (is_one_line_ || next == '\n' || is_line_start()) {
            out_ += kBreak;
            return;
        }
        if (is_gap(out_.back())) end_blank();
        out_ += "\\\n";
    }

    // "<https://a.example>" where the address is its own text.
    void link(const Inline& part) {
        const bool is_bare = part.children.size() == 1 &&
                             part.children.front().kind == InlineKind::Text &&
                             part.children.front().text == part.target &&
                             part.target.find("://") != std::string::npos;
        if (is_bare) {
            out_ += concat("<", part.target, ">");
            return;
        }
        out_.push_back('[');
        inlines(part.children, ']');
        out_ += concat("](", target(part.target), ")");
    }

    // Angle brackets may hold anything a target may have but blanks, which it has not.
    static std::string target(const std::string& target) {
        if (target.find_first_of("()&") == std::string::npos) return target;
        return concat("<", without_entities(target), ">");
    }

    void mark(const Inline& part, std::string_view sign, std::string_view tag, char next) {
        const std::size_t begin = out_.size();
        const bool is_short = care_ == Care::Plain && may_be_short(part, sign.front(), next);
        const std::string open = is_short ? std::string(sign) : concat("<", tag, ">");
        out_ += open;
        open_signs_.push_back(is_short ? sign.front() : ' ');
        inlines(part.children, is_short ? sign.front() : '<');
        open_signs_.pop_back();
        const bool is_empty = out_.size() == begin + open.size();
        if (is_empty)
            out_.resize(begin);
        else
            out_ += is_short ? std::string(sign) : concat("</", tag, ">");
    }

    // Markdown reads a mark when something touches its inside: a word, or anything while no word
    // touches its outside; and never beside or inside another one of its kind. Source: CommonMark
    // 0.31, 6.2, on the safe side.
    [[nodiscard]] bool may_be_short(const Inline& part, char sign, char next) const {
        if (open_signs_.find(sign) != std::string::npos || part.children.empty()) return false;
        const Inline& first = part.children.front();
        const Inline& last = part.children.back();
        const bool begins_well =
            first.kind == InlineKind::Text && !first.text.empty() && is_word(first.text.front());
        const bool ends_well =
            last.kind == InlineKind::Text && !last.text.empty() && is_word(last.text.back());
        const char before = out_.empty() ? '\n' : out_.back();
        if (before == sign || next == sign) return false;
        if (!is_word(before) && !is_word(next))
            return holds_something(first, true) && holds_something(last, false);
        return sign == '*' && begins_well && ends_well;
    }

    // Whether a part shows something other than a blank where a mark would touch it.
    static bool holds_something(const Inline& part, bool at_front) {
        if (part.kind == InlineKind::Break) return false;
        if (part.kind != InlineKind::Text) return true;
        return !part.text.empty() &&
               static_cast<unsigned char>(at_front ? part.text.front() : part.text.back()) > 0x20;
    }

    void code(std::string_view text) {
        std::size_t longest = 0;
        std::size_t run = 0;
        for (const char c : text) {
            run = c == '`' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        const bool has_blank_ends = text.size() > 1 && is_gap(text.front()) &&
                                    is_gap(text.back()) && trimmed(text) != std::string_view{};
        const bool is_padded =
            has_blank_ends || (!text.empty() && (text.front() == '`' || text.back() == '`'));
        const std::string fence(longest + 1, '`');
        const std::string_view pad = is_padded ? " " : "";
        out_ += fence;
        out_ += pad;
        out_ += text;
        out_ += pad;
        out_ += fence;
    }

    void text(std::string_view text) {
        if (is_line_start()) text = line_start(text);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
                out_ += concat("&#", static_cast<int>(c), ";");
                continue;
            }
            if (is_special(text, i)) out_.push_back('\\');
            out_.push_back(c);
        }
    }

    [[nodiscard]] bool is_special(std::string_view text, std::size_t i) const {
        switch (text[i]) {
            case '\\':
            case '`':
            case '*':
            case '[':
            case ']':
            case '<':
            case '|':
            case '~': return true;
            case '&': return is_entity(text, i);
            case '!': return i + 1 == text.size();        // a link may follow
            case ':': return text.substr(i, 3) == "://";  // would become a link by itself
            case '_':
                return i == 0 || i + 1 == text.size() || !is_word(text[i - 1]) ||
                       !is_word(text[i + 1]);
            default: return false;
        }
    }

    // What would begin a block at the start of a line; gives what is left to write.
    std::string_view line_start(std::string_view text) {
        while (!text.empty() && is_gap(text.front())) {
            out_ += concat("&#", static_cast<int>(text.front()), ";");
            text.remove_prefix(1);
        }
        if (text.empty()) return text;
        if (const std::size_t digits = number_length(text); digits > 0) {
            out_.append(text.substr(0, digits)).push_back('\\');
            out_.push_back(text[digits]);
            return text.substr(digits + 1);
        }
        if (std::string_view("#>-+=:").find(text.front()) != std::string_view::npos) {
            out_.push_back('\\');
            out_.push_back(text.front());
            text.remove_prefix(1);
        }
        return text;
    }

    Care care_;
    bool is_one_line_;
    std::string out_;
    std::string open_signs_;  // of the marks around, ' ' for a tag
};

std::string_view trimmed_end(std::string_view text) {
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

// `text` with `first` before its first line and `rest` before each other one.
std::string indented(std::string_view text, std::string_view first, std::string_view rest) {
    std::string out;
    std::string_view lead = first;
    do {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        out.append(line.empty() ? trimmed_end(lead) : lead).append(line).push_back('\n');
        text.remove_prefix(std::min(end + 1, text.size()));
        lead = rest;
    } while (!text.empty());
    return out;
}

// What stands between two blocks: a blank line, and what keeps two lists from becoming one.
std::string gap(const Block& block, const Block& next) {
    const bool are_lists = block.kind == BlockKind::List && next.kind == BlockKind::List;
    return are_lists ? concat("\n", kNothing, "\n\n") : "\n";
}

// Every block ends with a line break.
class BlockWriter {
  public:
    explicit BlockWriter(Care care) : care_(care) {}

    [[nodiscard]] std::string one(const Block& block) const {
        switch (block.kind) {
            case BlockKind::Paragraph: return line(block.inlines, false) + "\n";
            case BlockKind::Heading: return heading(block);
            case BlockKind::List: return list(block);
            case BlockKind::Code: return code(block);
            case BlockKind::Quote: return indented(loose(block.children), "> ", "> ");
            case BlockKind::Table: return table(block);
            case BlockKind::Rule: return "***\n";
            case BlockKind::Callout: break;
        }
        return callout(block);
    }

  private:
    [[nodiscard]] std::string line(const Inlines& inlines, bool is_one_line) const {
        return LineWriter(care_, is_one_line).write(inlines);
    }

    [[nodiscard]] std::string heading(const Block& block) const {
        std::string text = line(block.inlines, true);
        if (text.empty() && care_ == Care::Careful) text = kNothing;
        if (text == "#" || text.ends_with(" #") || text.ends_with("##"))
            text.insert(text.size() - 1, "\\");
        const std::string signs(static_cast<std::size_t>(block.level), '#');
        return text.empty() ? signs + "\n" : concat(signs, " ", text, "\n");
    }

    [[nodiscard]] static std::string code(const Block& block) {
        std::size_t fence = 3;
        for (std::size_t at = block.text.find("```"); at != std::string::npos;
             at = block.text.find("```", at)) {
            const std::size_t end =
                std::min(block.text.find_first_not_of('`', at), block.text.size());
            fence = std::max(fence, end - at + 1);
            at = end;
        }
        const std::string language = without_entities(block.language);
        const char sign = language.find('`') == std::string::npos ? '`' : '~';
        const std::string mark(fence, sign);
        return concat(mark, language, "\n", block.text, mark, "\n");
    }

    [[nodiscard]] std::string callout(const Block& block) const {
        const std::string title = line(block.inlines, true);
        std::string text = std::string(kCalloutMarks[static_cast<std::size_t>(block.tone)]);
        if (!title.empty()) text += " " + title;
        text += "\n";
        if (!block.children.empty()) text += "\n" + loose(block.children);
        return indented(text, "> ", "> ");
    }

    [[nodiscard]] std::string loose(const Blocks& blocks) const {
        std::string out;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (i > 0) out += gap(blocks[i - 1], blocks[i]);
            out += one(blocks[i]);
        }
        return out;
    }

    [[nodiscard]] std::string tight(const Blocks& blocks) const {
        std::string out;
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            if (i > 0 && !ends_by_itself(blocks[i - 1], blocks[i])) out += concat(kNothing, "\n");
            out += one(blocks[i]);
        }
        return out;
    }

    // Whether `next` is read as a block of its own when no blank line stands before it.
    static bool ends_by_itself(const Block& block, const Block& next) {
        switch (block.kind) {
            case BlockKind::Heading:
            case BlockKind::Code:
            case BlockKind::Rule: return true;
            case BlockKind::Paragraph: break;
            default: return false;
        }
        switch (next.kind) {
            case BlockKind::Heading:
            case BlockKind::Code:
            case BlockKind::Quote:
            case BlockKind::Callout:
            case BlockKind::Rule: return true;
            case BlockKind::List:
                return (!next.is_ordered || next.start == 1) && !next.items.empty() &&
                       !next.items.front().empty();
            default: return false;
        }
    }

    // The item of a loose list that is given a second block, which is nothing: a blank line that
    // is sure to be inside the list.
    [[nodiscard]] const Blocks* item_with_room(const Block& list) const {
        if (list.is_tight || care_ == Care::Plain) return nullptr;
        const auto found = std::find_if(
            list.items.begin(), list.items.end(), [](const Blocks& item) { return !item.empty(); });
        return found == list.items.end() ? nullptr : &*found;
    }

    // "- - -" would be a rule.
    [[nodiscard]] std::string_view bullet(const Block& list) const {
        const bool holds_lists =
            std::any_of(list.items.begin(), list.items.end(), [](const Blocks& item) {
                return !item.empty() && item.front().kind == BlockKind::List;
            });
        return care_ == Care::Careful && holds_lists ? "+ " : "- ";
    }

    [[nodiscard]] std::string list(const Block& block) const {
        std::string out;
        const Blocks* const with_room = item_with_room(block);
        std::int64_t number = block.start;
        for (const Blocks& item : block.items) {
            const std::string marker =
                block.is_ordered ? concat(number++, ". ") : std::string(bullet(block));
            if (!out.empty() && !block.is_tight) out += "\n";
            std::string text = block.is_tight ? tight(item) : loose(item);
            if (&item == with_room) text += concat("\n", kNothing, "\n");
            out += indented(text, marker, std::string(marker.size(), ' '));
        }
        return out;
    }

    [[nodiscard]] std::string row(const std::vector<Inlines>& cells) const {
        std::string out = "|";
        for (const Inlines& cell : cells)
            out += concat(" ", line(cell, true), " |");
        return out + "\n";
    }

    [[nodiscard]] std::string table(const Block& block) const {
        std::string out = row(block.header) + "|";
        for (const Align align : block.aligns)
            out += concat(kRules[static_cast<std::size_t>(align)], "|");
        out += "\n";
        for (const auto& cells : block.rows)
            out += row(cells);
        return out;
    }

    Care care_;
};

void drop_ids(Blocks& blocks) {
    for (Block& block : blocks) {
        block.id.clear();
        drop_ids(block.children);
        for (Blocks& item : block.items)
            drop_ids(item);
    }
}

Blocks without_ids(Blocks blocks) {
    drop_ids(blocks);
    return blocks;
}

}  // namespace

bool reads_as(const std::string& markdown, const Blocks& blocks) {
    MarkdownOptions options;
    options.image = [](std::string_view source) { return std::string(source); };
    return without_ids(parse_markdown(markdown, options).blocks) == without_ids(blocks);
}

std::string to_markdown(const Blocks& blocks) {
    std::string out;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (i > 0) out += gap(blocks[i - 1], blocks[i]);
        std::string text = BlockWriter(Care::Plain).one(blocks[i]);
        if (!reads_as(text, {blocks[i]})) text = BlockWriter(Care::Careful).one(blocks[i]);
        out += text;
    }
    return out;
}

}  // namespace ventanilla::content

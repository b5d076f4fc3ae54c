#include "shared/content/html_fragment.hpp"

#include <algorithm>
#include <array>

#include "shared/content/entities.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::InlineKind;

struct Tag {
    std::string name;  // lower case; empty for comments and declarations
    bool is_close = false;
    std::string href;
    std::string alt;
    std::size_t end = 0;  // behind ">"
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}
bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

// Reads name="value" pairs; only the few that matter are kept.
class Attributes {
  public:
    Attributes(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    // Fills `tag`, and its end. A tag that never closes ends with the text.
    void read(Tag& tag) {
        while (skip_blanks() && text_[at_] != '>') {
            const std::size_t from = at_;
            while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '=' &&
                   text_[at_] != '>')
                ++at_;
            const std::string name = lowered(text_.substr(from, at_ - from));
            std::string value;
            if (skip_blanks() && text_[at_] == '=') value = read_value();
            if (name == "href" || name == "src") tag.href = decoded(value);
            if (name == "alt") tag.alt = decoded(value);
        }
        tag.end = std::min(at_ + 1, text_.size());
    }

  private:
    bool skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
        return at_ < text_.size();
    }

    std::string read_value() {
        ++at_;
        if (!skip_blanks()) return {};
        const char quote = text_[at_];
        if (quote != '"' && quote != '\'') {
            const std::size_t from = at_;
            while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != '>')
                ++at_;
            return std::string(text_.substr(from, at_ - from));
        }
        const std::size_t end = std::min(text_.find(quote, at_ + 1), text_.size());
        std::string value(text_.substr(at_ + 1, end - at_ - 1));
        at_ = std::min(end + 1, text_.size());
        return value;
    }

    std::string_view text_;
    std::size_t at_;
};

// The tag at `at`, where a "<" stands. Its end is 0 when that is only a character.
Tag read_tag(std::string_view html, std::size_t at) {
    Tag tag;
    if (html.substr(at, 4) == "<!--") {
        const std::size_t end = html.find("-->", at + 4);
        tag.end = end == std::string_view::npos ? html.size() : end + 3;
        return tag;
    }
    std::size_t name = at + 1;
    tag.is_close = name < html.size() && html[name] == '/';
    if (tag.is_close) ++name;
    if (name < html.size() && (html[name] == '!' || html[name] == '?')) {
        tag.end = std::min(html.find('>', name), html.size() - 1) + 1;
        return tag;
    }
    std::size_t end = name;
    while (end < html.size() && is_name(lower(html[end])))
        ++end;
    if (end == name || lower(html[name]) < 'a') return {};
    tag.name = lowered(html.substr(name, end - name));
    Attributes(html, end).read(tag);
    return tag;
}

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_dropped_whole(std::string_view name) {
    return is_any(name,
                  {"script",
                   "style",
                   "iframe",
                   "object",
                   "embed",
                   "template",
                   "noscript",
                   "svg",
                   "math",
                   "title",
                   "textarea",
                   "xmp",
                   "noembed",
                   "noframes"});
}

// Where the element that `name` opened ends, from `at` on.
std::size_t end_of_element(std::string_view html, std::size_t at, std::string_view name) {
    while (at < html.size()) {
        at = html.find("</", at);
        if (at == std::string_view::npos) return html.size();
        if (lowered(html.substr(at + 2, name.size())) == name)
            return std::min(html.find('>', at), html.size() - 1) + 1;
        at += 2;
    }
    return html.size();
}

// Marks inside a line. False when the tag is none of them.
bool take_mark(const Tag& tag, Builder& builder) {
    const auto mark = [&](InlineKind kind, std::string_view by) {
        if (tag.is_close)
            builder.close_mark(by);
        else
            builder.open_mark(kind, tag.href, by);
        return true;
    };
    if (is_any(tag.name, {"strong", "b"})) return mark(InlineKind::Strong, "<strong");
    if (is_any(tag.name, {"em", "i", "cite"})) return mark(InlineKind::Emphasis, "<em");
    if (is_any(tag.name, {"del", "s", "strike"})) return mark(InlineKind::Strike, "<del");
    if (tag.name == "a")
        return !(tag.href.empty() && !tag.is_close) && mark(InlineKind::Link, "<a");
    if (tag.name == "br" && !tag.is_close) {
        builder.line_break();
        return true;
    }
    if (tag.name != "img") return false;
    builder.open_mark(InlineKind::Image, tag.href, "<img");
    builder.text(tag.alt);
    builder.close_mark("<img");
    return true;
}

// Walks a block of HTML. Whatever it opened is closed at the end, so blocks of Markdown stay
// balanced.
class BlockReader {
  public:
    BlockReader(std::string_view html, Builder& builder)
        : html_(html), builder_(builder), outside_(builder.depth()) {}

    void run() {
        builder_.close_leaf();  // of a tight item, which has no paragraph to end
        html_ = trimmed(html_);
        std::size_t at = 0;
        while (at < html_.size() && builder_.has_room()) {
            const std::size_t open = std::min(html_.find('<', at), html_.size());
            text(html_.substr(at, open - at));
            if (open == html_.size()) break;
            const Tag tag = read_tag(html_, open);
            if (tag.end == 0) text(html_.substr(open, 1));
            at = tag.end == 0 ? open + 1 : tag.end;
            if (tag.name.empty()) continue;
            if (is_dropped_whole(tag.name)) {
                builder_.issue(IssueKind::DroppedHtml, concat("<", tag.name, ">"));
                if (!tag.is_close) at = end_of_element(html_, at, tag.name);
                continue;
            }
            take(tag);
        }
        while (builder_.depth() > outside_)
            builder_.close();
        builder_.close_leaf();
    }

  private:
    // Runs of blanks are one, and none at the beginning of a block.
    void text(std::string_view raw) {
        std::string out;
        for (const char c : raw) {
            const bool blank = is_blank(c);
            if (blank && (out.empty() ? !builder_.is_leaf_open() : out.back() == ' ')) continue;
            out.push_back(blank ? ' ' : c);
        }
        if (!out.empty() && out != " ") builder_.text(decoded(out));
        if (out == " " && builder_.is_leaf_open()) builder_.text(" ");
    }

    void close_until(std::string_view what) {
        while (builder_.depth() > outside_ && !open_.empty() &&
               what.find(open_.back()) != std::string_view::npos)
            close();
    }

    void open(char what) { open_.push_back(what); }

    void close() {
        builder_.close();
        if (!open_.empty()) open_.pop_back();
    }

    void take(const Tag& tag) {
        if (take_mark(tag, builder_)) return;
        if (!tag.is_close) builder_.issue(IssueKind::RawHtml, concat("<", tag.name, ">"));
        if (tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' &&
            tag.name[1] <= '6') {
            builder_.close_leaf();
            if (!tag.is_close) builder_.open_heading(tag.name[1] - '0');
        } else if (is_any(tag.name, {"ul", "ol", "li"})) {
            take_list(tag);
        } else if (is_any(tag.name, {"table", "tr", "td", "th"})) {
            take_table(tag);
        } else if (tag.name == "hr") {
            builder_.rule();
        } else if (!is_any(tag.name,
                           {"a",
                            "span",
                            "small",
                            "sup",
                            "sub",
                            "u",
                            "code",
                            "kbd",
                            "mark",
                            "font",
                            "button",
                            "label",
                            "abbr",
                            "tbody",
                            "thead",
                            "time"})) {
            builder_.close_leaf();
        }
    }

    void take_list(const Tag& tag) {
        if (tag.name == "li") {
            close_until("i");
            if (tag.is_close) return;
            if (open_.empty() || open_.back() != 'l') {
                builder_.open_list(false, 1, true);
                open('l');
            }
            builder_.open_item();
            open('i');
            return;
        }
        if (!tag.is_close) {
            builder_.open_list(tag.name == "ol", 1, true);
            open('l');
            return;
        }
        close_until("i");
        if (!open_.empty() && open_.back() == 'l') close();
    }

    void take_table(const Tag& tag) {
        if (tag.name == "table") {
            close_until("r");
            if (!tag.is_close) {
                builder_.open_table(0);
                open('t');
            } else if (!open_.empty() && open_.back() == 't') {
                close();
            }
        } else if (open_.find('t') == std::string::npos) {
            builder_.close_leaf();  // a row without a table: its cells become paragraphs
        } else if (tag.name == "tr") {
            close_until("r");
            if (tag.is_close) return;
            const std::size_t next = html_.find("<t", tag.end);
            builder_.open_row(next != std::string_view::npos &&
                              lowered(html_.substr(next, 3)) == "<th");
            open('r');
        } else {
            builder_.close_leaf();
            if (!tag.is_close && open_.back() == 'r') builder_.open_cell(domain::Align::Default);
        }
    }

    std::string_view html_;
    Builder& builder_;
    std::size_t outside_;
    std::string open_;  // of what this block opened: l, i, t, r
};

}  // namespace

void html_block(std::string_view html, Builder& builder) {
    BlockReader(html, builder).run();
}

void html_inline(std::string_view html, Builder& builder) {
    const Tag tag = read_tag(html, 0);
    if (tag.name.empty()) return;
    const bool is_dropped = is_dropped_whole(tag.name);
    const bool is_carried = !is_dropped && take_mark(tag, builder);
    if (!is_carried && !tag.is_close)
        builder.issue(is_dropped ? IssueKind::DroppedHtml : IssueKind::RawHtml,
                      concat("<", tag.name, ">"));
}

}  // namespace ventanilla::content

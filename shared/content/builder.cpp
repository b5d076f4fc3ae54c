#include "shared/content/builder.hpp"

#include <algorithm>
#include <array>

#include "shared/content/slug.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::Block;
using domain::BlockKind;
using domain::Blocks;
using domain::CalloutTone;
using domain::Inline;
using domain::InlineKind;
using domain::Inlines;

constexpr std::size_t kColumnsMax = 64;
constexpr std::size_t kMarksMax = 64;  // open at once: far more are flattened than ever nest

struct Callout {
    std::string_view mark;
    CalloutTone tone;
};
constexpr std::array<Callout, 5> kCallouts = {{{"[!NOTE]", CalloutTone::Note},
                                               {"[!TIP]", CalloutTone::Tip},
                                               {"[!IMPORTANT]", CalloutTone::Warning},
                                               {"[!WARNING]", CalloutTone::Warning},
                                               {"[!CAUTION]", CalloutTone::Danger}}};

// Moves what stands on the first line of a paragraph to `title`; what stands in other nodes before
// the line ends is part of it.
void take_title(Inlines& inlines, Inlines& title) {
    std::size_t taken = 0;
    for (; taken < inlines.size(); ++taken) {
        Inline& part = inlines[taken];
        if (part.kind == InlineKind::Break) {
            ++taken;
            break;
        }
        const bool is_text = part.kind == InlineKind::Text;
        const std::size_t end = is_text ? part.text.find('\n') : std::string::npos;
        if (end == std::string::npos) {
            if (!is_text || !part.text.empty()) title.push_back(std::move(part));
            continue;
        }
        if (end > 0)
            title.push_back(Inline{.text = part.text.substr(0, end), .target = {}, .children = {}});
        part.text.erase(0, end + 1);
        if (part.text.empty()) ++taken;
        break;
    }
    inlines.erase(inlines.begin(), inlines.begin() + static_cast<std::ptrdiff_t>(taken));
}

// "[!NOTE] Title" on the first line of a quote makes it a callout. The line is taken out of
// `children`.
bool take_callout(Blocks& children, Block& out) {
    if (children.empty() || children.front().kind != BlockKind::Paragraph) return false;
    Inlines& inlines = children.front().inlines;
    if (inlines.empty() || inlines.front().kind != InlineKind::Text) return false;
    std::string& text = inlines.front().text;
    for (const Callout& callout : kCallouts) {
        if (text.compare(0, callout.mark.size(), callout.mark) != 0) continue;
        out.tone = callout.tone;
        text.erase(0, std::min(text.find_first_not_of(' ', callout.mark.size()), text.size()));
        take_title(inlines, out.inlines);
        if (inlines.empty()) children.erase(children.begin());
        return true;
    }
    return false;
}

// A space or a letter beyond ASCII is legal in a page's targets and not in a URL.
std::string percent_encoded(std::string_view target) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : target) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20 && byte < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\') {
            out.push_back(c);
            continue;
        }
        out.push_back('%');
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 15U]);
    }
    return out;
}

void join_lines(Inlines& inlines) {
    for (Inline& part : inlines) {
        if (part.kind == InlineKind::Text)
            std::replace(part.text.begin(), part.text.end(), '\n', ' ');
        join_lines(part.children);
    }
}

void join_lines(Blocks& blocks) {
    for (Block& block : blocks) {
        join_lines(block.inlines);
        join_lines(block.children);
        for (Blocks& item : block.items)
            join_lines(item);
        for (Inlines& cell : block.header)
            join_lines(cell);
        for (auto& row : block.rows) {
            for (Inlines& cell : row)
                join_lines(cell);
        }
    }
}

}  // namespace

bool Builder::count(std::size_t nodes) {
    if (nodes_ + nodes <= domain::kBlockNodesMax) {
        nodes_ += nodes;
        return true;
    }
    issue(IssueKind::TooLarge, "more blocks than an article may have");
    return false;
}

void Builder::open(Frame frame) {
    close_leaf();
    const bool nests = frame.what == 'q' || frame.what == 'l';
    if (nests && nesting_ == domain::kBlockDepthMax) {
        frame.is_flattened = true;
        issue(IssueKind::TooDeep, "lists or quotes inside each other");
    } else if (nests) {
        ++nesting_;
    }
    frames_.push_back(std::move(frame));
}

void Builder::open_list(bool is_ordered, int start, bool is_tight) {
    Frame frame;
    frame.what = 'l';
    frame.block.kind = BlockKind::List;
    frame.block.is_ordered = is_ordered;
    frame.block.start = std::clamp(start, 0, 999'999'999);
    frame.block.is_tight = is_tight;
    open(std::move(frame));
}

void Builder::open_item() {
    Frame frame;
    frame.what = 'i';
    open(std::move(frame));
}

void Builder::open_quote() {
    open(Frame{});
}

void Builder::open_table(std::size_t columns) {
    Frame frame;
    frame.what = 't';
    frame.block.kind = BlockKind::Table;
    frame.block.aligns.resize(std::min(columns, kColumnsMax));
    open(std::move(frame));
}

void Builder::open_row(bool is_header) {
    Frame frame;
    frame.what = 'r';
    frame.is_header = is_header;
    open(std::move(frame));
}

bool Builder::is_inside(char what) const {
    return std::any_of(
        frames_.begin(), frames_.end(), [what](const Frame& f) { return f.what == what; });
}

void Builder::close() {
    close_leaf();
    if (frames_.empty()) return;
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (!frame.is_flattened && (frame.what == 'q' || frame.what == 'l')) --nesting_;
    switch (frame.what) {
        case 'q': close_quote(std::move(frame)); break;
        case 'l': close_list(std::move(frame)); break;
        case 't': close_table(std::move(frame)); break;
        case 'r': close_row(std::move(frame)); break;
        default:  // an item belongs to the list around it
            if (!frames_.empty() && frames_.back().what == 'l') {
                if (count()) frames_.back().block.items.push_back(std::move(frame.children));
            } else {
                for (Block& child : frame.children)
                    put(std::move(child));
            }
    }
}

void Builder::close_quote(Frame frame) {
    if (frame.is_flattened) {
        for (Block& child : frame.children)
            put(std::move(child));
        return;
    }
    Block block;
    block.kind = take_callout(frame.children, block) ? BlockKind::Callout : BlockKind::Quote;
    block.children = std::move(frame.children);
    if (count()) put(std::move(block));
}

void Builder::close_list(Frame frame) {
    for (Block& stray : frame.children)
        frame.block.items.push_back({std::move(stray)});
    if (!frame.is_flattened) {
        if (!frame.block.items.empty() && count()) put(std::move(frame.block));
        return;
    }
    for (Blocks& item : frame.block.items) {
        for (Block& child : item)
            put(std::move(child));
    }
}

void Builder::close_row(Frame frame) {
    if (frames_.empty() || frames_.back().what != 't' || !count()) return;
    Block& table = frames_.back().block;
    frame.cells.resize(std::min(frame.cells.size(), kColumnsMax));
    if (frame.is_header && table.header.empty() && table.rows.empty())
        table.header = std::move(frame.cells);
    else
        table.rows.push_back(std::move(frame.cells));
}

// Cells that a row leaves out are cells all the same. False when there is no room for them.
bool Builder::pad(std::vector<Inlines>& cells, std::size_t columns) {
    if (cells.size() < columns && !count(columns - cells.size())) return false;
    cells.resize(columns);
    return true;
}

void Builder::close_table(Frame frame) {
    Block& table = frame.block;
    std::size_t columns = std::max(table.aligns.size(), table.header.size());
    for (const auto& row : table.rows)
        columns = std::max(columns, row.size());
    if (columns == 0) return;
    table.aligns.resize(columns, domain::Align::Default);
    pad(table.header, columns);
    for (auto row = table.rows.begin(); row != table.rows.end(); ++row) {
        if (pad(*row, columns)) continue;
        table.rows.erase(row, table.rows.end());
        break;
    }
    if (count()) put(std::move(table));
}

void Builder::put(Block block) {
    if (frames_.empty()) {
        blocks_.push_back(std::move(block));
        return;
    }
    Frame& frame = frames_.back();
    if (frame.what == 'r') {  // a block inside a cell: only its text fits
        if (frame.cells.empty()) frame.cells.emplace_back();
        frame.cells.back().push_back(Inline{
            .text = domain::plain_text(Blocks{std::move(block)}), .target = {}, .children = {}});
        return;
    }
    frame.children.push_back(std::move(block));
}

void Builder::open_paragraph() {
    close_leaf();
    leaf_ = Block{};
    is_leaf_open_ = true;
    is_cell_ = false;
}

void Builder::open_heading(int level) {
    open_paragraph();
    leaf_.kind = BlockKind::Heading;
    leaf_.level = std::clamp(level, 1, 6);
}

void Builder::open_cell(domain::Align align) {
    open_paragraph();
    is_cell_ = true;
    if (frames_.size() < 2) return;
    Frame& row = frames_.back();
    std::vector<domain::Align>& aligns = frames_[frames_.size() - 2].block.aligns;
    if (row.cells.size() < aligns.size()) aligns[row.cells.size()] = align;
}

void Builder::close_leaf() {
    if (!is_leaf_open_) return;
    while (!marks_.empty())
        close_top_mark();
    ignored_marks_.clear();
    is_leaf_open_ = false;
    if (!count()) return;
    if (is_cell_ && !frames_.empty() && frames_.back().what == 'r') {
        frames_.back().cells.push_back(std::move(leaf_.inlines));
    } else if (leaf_.kind == BlockKind::Heading) {
        leaf_.id = heading_id(leaf_.inlines);
        put(std::move(leaf_));
    } else if (!leaf_.inlines.empty()) {
        put(std::move(leaf_));
    }
    leaf_ = Block{};
}

void Builder::need_leaf() {
    if (is_leaf_open_) return;
    if (!frames_.empty() && frames_.back().what == 'r')
        open_cell(domain::Align::Default);
    else
        open_paragraph();
}

void Builder::code_block(std::string_view text, std::string_view language) {
    close_leaf();
    if (!count()) return;
    Block block;
    block.kind = BlockKind::Code;
    block.text = std::string(text);
    block.language = std::string(cut_utf8(language, 40));
    put(std::move(block));
}

void Builder::rule() {
    close_leaf();
    if (!count()) return;
    Block block;
    block.kind = BlockKind::Rule;
    put(std::move(block));
}

Inlines& Builder::target() {
    return marks_.empty() ? leaf_.inlines : marks_.back().node.children;
}

void Builder::put_inline(Inline part) {
    if (!has_room())
        issue(IssueKind::TooLarge, "more blocks than an article may have");
    else if (count())
        target().push_back(std::move(part));
}

void Builder::splice(Inlines parts) {
    for (Inline& part : parts) {
        if (part.kind == InlineKind::Text)
            text(part.text);
        else
            target().push_back(std::move(part));
    }
}

void Builder::text(std::string_view text) {
    if (text.empty()) return;
    need_leaf();
    Inlines& into = target();
    if (!into.empty() && into.back().kind == InlineKind::Text)
        into.back().text.append(text);
    else
        put_inline(Inline{.text = std::string(text), .target = {}, .children = {}});
}

void Builder::code(std::string_view text) {
    need_leaf();
    Inlines& into = target();
    if (!into.empty() && into.back().kind == InlineKind::Code && !marks_.empty() &&
        marks_.back().by == "code")
        into.back().text.append(text);
    else
        put_inline(Inline{
            .kind = InlineKind::Code, .text = std::string(text), .target = {}, .children = {}});
}

void Builder::line_break() {
    need_leaf();
    put_inline(Inline{.kind = InlineKind::Break, .text = {}, .target = {}, .children = {}});
}

void Builder::open_mark(InlineKind kind, std::string_view target, std::string_view by) {
    need_leaf();
    if (marks_.size() == kMarksMax) {
        issue(IssueKind::TooDeep, "marks inside each other");
        ++ignored_marks_[std::string(by)];
        return;
    }
    Mark mark;
    mark.node.kind = kind;
    mark.node.target = percent_encoded(target);
    mark.by = std::string(by);
    mark.is_flattened = marks_.size() >= static_cast<std::size_t>(domain::kInlineDepthMax);
    if (mark.is_flattened) issue(IssueKind::TooDeep, "marks inside each other");
    marks_.push_back(std::move(mark));
}

void Builder::close_mark(std::string_view by) {
    if (const auto ignored = ignored_marks_.find(by);
        ignored != ignored_marks_.end() && ignored->second > 0) {
        --ignored->second;
        return;
    }
    const auto is_by = [by](const Mark& mark) { return mark.by == by; };
    if (std::none_of(marks_.begin(), marks_.end(), is_by)) return;
    while (!is_by(marks_.back()))
        close_top_mark();
    close_top_mark();
}

void Builder::close_top_mark() {
    Mark mark = std::move(marks_.back());
    marks_.pop_back();
    Inline& node = mark.node;
    if (mark.by == "code" || mark.is_flattened) {
        splice(std::move(node.children));
        return;
    }
    if (node.kind == InlineKind::Image) {
        const std::string alt = domain::plain_text(node.children);
        const auto found = options_.image ? options_.image(node.target) : std::nullopt;
        if (!found || !domain::is_safe_link(*found)) {
            issue(IssueKind::MissingImage, node.target);
            text(alt);
            return;
        }
        put_inline(
            Inline{.kind = InlineKind::Image, .text = alt, .target = *found, .children = {}});
        return;
    }
    if (node.kind == InlineKind::Link) {
        const bool is_safe = domain::is_safe_link(node.target);
        const auto leads = is_safe && options_.link ? options_.link(node.target)
                                                    : std::optional<std::string>(node.target);
        if (!is_safe || !leads || !domain::is_safe_link(*leads)) {
            issue(is_safe ? IssueKind::BrokenLink : IssueKind::UnsafeLink, node.target);
            splice(std::move(node.children));
            return;
        }
        node.target = *leads;
    }
    if (!node.children.empty()) put_inline(std::move(node));
}

std::string Builder::heading_id(const Inlines& inlines) {
    std::string base = slug(domain::plain_text(inlines));
    if (base.empty()) base = "section";
    int& next = next_id_[base];
    std::string id = next == 0 ? base : concat(base, "-", next);
    while (!ids_.insert(id).second)
        id = concat(base, "-", ++next);
    ++next;
    return id;
}

Markdown Builder::finish() {
    close_leaf();
    while (!frames_.empty())
        close();
    join_lines(blocks_);
    return {std::move(blocks_), std::move(issues_)};
}

}  // namespace ventanilla::content

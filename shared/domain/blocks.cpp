#include "shared/domain/blocks.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/base/text.hpp"

namespace ventanilla::domain {
namespace {

// Names in JSON: stored, never rename.
constexpr std::array<std::string_view, 8> kBlockNames = {
    "p", "h", "list", "code", "quote", "table", "hr", "callout"};
constexpr std::array<std::string_view, 8> kInlineNames = {
    "text", "b", "i", "s", "code", "a", "img", "br"};
constexpr std::array<std::string_view, 4> kToneNames = {"note", "tip", "warning", "danger"};
constexpr std::array<std::string_view, 4> kAlignNames = {"", "left", "center", "right"};

template <class Enum, std::size_t N>
Json name_of(const std::array<std::string_view, N>& names, Enum value) {
    return std::string(names[static_cast<std::size_t>(value)]);
}

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

void write(const Inlines& inlines, Json& out) {
    for (const Inline& part : inlines) {
        if (part.kind == InlineKind::Text) {
            out.push_back(part.text);
            continue;
        }
        Json mark = {{"t", name_of(kInlineNames, part.kind)}};
        if (part.kind == InlineKind::Code) mark["x"] = part.text;
        if (part.kind == InlineKind::Image) mark["alt"] = part.text;
        if (!part.target.empty()) mark["to"] = part.target;
        out.push_back(std::move(mark));
        if (!is_container(part.kind)) continue;
        write(part.children, out);
        out.push_back(nullptr);
    }
}

Json to_json(const Inlines& inlines) {
    Json out = Json::array();
    write(inlines, out);
    return out;
}

Json cells_json(const std::vector<Inlines>& cells) {
    Json out = Json::array();
    for (const Inlines& cell : cells)
        out.push_back(to_json(cell));
    return out;
}

void write_list(const Block& block, Json& out) {
    if (block.is_ordered) out["ordered"] = true;
    if (block.is_ordered && block.start != 1) out["start"] = block.start;
    if (!block.is_tight) out["loose"] = true;
    out["items"] = Json::array();
    for (const Blocks& item : block.items)
        out["items"].push_back(domain::to_json(item));
}

void write_table(const Block& block, Json& out) {
    out["align"] = Json::array();
    for (const Align align : block.aligns)
        out["align"].push_back(name_of(kAlignNames, align));
    out["head"] = cells_json(block.header);
    out["rows"] = Json::array();
    for (const auto& row : block.rows)
        out["rows"].push_back(cells_json(row));
}

Json to_json(const Block& block) {
    Json out = {{"t", name_of(kBlockNames, block.kind)}};
    switch (block.kind) {
        case BlockKind::Paragraph: out["i"] = to_json(block.inlines); break;
        case BlockKind::Heading:
            out["i"] = to_json(block.inlines);
            out["l"] = block.level;
            out["id"] = block.id;
            break;
        case BlockKind::List: write_list(block, out); break;
        case BlockKind::Code:
            out["x"] = block.text;
            if (!block.language.empty()) out["lang"] = block.language;
            break;
        case BlockKind::Quote: out["c"] = domain::to_json(block.children); break;
        case BlockKind::Table: write_table(block, out); break;
        case BlockKind::Rule: break;
        case BlockKind::Callout:
            out["tone"] = name_of(kToneNames, block.tone);
            if (!block.inlines.empty()) out["i"] = to_json(block.inlines);
            out["c"] = domain::to_json(block.children);
            break;
    }
    return out;
}

// Reads what to_json wrote; the count of nodes is shared by the whole tree.
class Reader {
  public:
    Result<Blocks> blocks(const Json& value, int depth) {
        if (!value.is_array()) return invalid("blocks are no list", "blocks");
        if (depth > kBlockDepthMax) return invalid("blocks nest too deep", "blocks");
        Blocks out;
        for (const Json& item : value)
            out.push_back(TRY(block(item, depth)));
        return out;
    }

  private:
    Status count() {
        if (++nodes_ > kBlockNodesMax) return Error{Errc::TooLarge, "too many blocks", "blocks"};
        return ok();
    }

    Result<Block> block(const Json& value, int depth) {
        TRY(count());
        const std::string type = TRY(text_at(value, "t"));
        const auto kind = named<BlockKind>(kBlockNames, type);
        if (!kind) return invalid("no such block", type);
        Block out;
        out.kind = *kind;
        switch (*kind) {
            case BlockKind::Paragraph: out.inlines = TRY(inlines(member(value, "i"))); break;
            case BlockKind::Heading: TRY(heading(value, out)); break;
            case BlockKind::List: TRY(list(value, depth, out)); break;
            case BlockKind::Code:
                out.text = TRY(text_at(value, "x", limits::kArticleBytesMax));
                out.language = text_or(value, "lang");
                break;
            case BlockKind::Quote: out.children = TRY(blocks(member(value, "c"), depth + 1)); break;
            case BlockKind::Table: TRY(table(value, out)); break;
            case BlockKind::Rule: break;
            case BlockKind::Callout: TRY(callout(value, depth, out)); break;
        }
        return out;
    }

    Status heading(const Json& value, Block& out) {
        out.inlines = TRY(inlines(member(value, "i")));
        out.id = TRY(text_at(value, "id"));
        const std::int64_t level = TRY(int_at(value, "l"));
        if (level < 1 || level > 6) return invalid("no such heading level", "l");
        out.level = static_cast<int>(level);
        return ok();
    }

    Status list(const Json& value, int depth, Block& out) {
        out.is_ordered = bool_or(value, "ordered");
        out.is_tight = !bool_or(value, "loose");
        const std::int64_t start = int_or(value, "start", 1);
        if (start < 0 || start > 999'999'999) return invalid("no such list number", "start");
        out.start = static_cast<int>(start);
        const Json& items = member(value, "items");
        if (!items.is_array()) return invalid("a list without items", "items");
        for (const Json& item : items) {
            TRY(count());
            out.items.push_back(TRY(blocks(item, depth + 1)));
        }
        return ok();
    }

    Status callout(const Json& value, int depth, Block& out) {
        const auto tone = named<CalloutTone>(kToneNames, text_or(value, "tone"));
        if (!tone) return invalid("no such tone", "tone");
        out.tone = *tone;
        if (has(value, "i")) out.inlines = TRY(inlines(member(value, "i")));
        out.children = TRY(blocks(member(value, "c"), depth + 1));
        return ok();
    }

    Status table(const Json& value, Block& out) {
        const Json& aligns = member(value, "align");
        const Json& rows = member(value, "rows");
        if (!aligns.is_array() || !rows.is_array()) return invalid("a table without rows", "rows");
        for (const Json& align : aligns) {
            const auto known = align.is_string()
                                   ? named<Align>(kAlignNames, align.get_ref<const std::string&>())
                                   : std::nullopt;
            if (!known) return invalid("no such alignment", "align");
            out.aligns.push_back(*known);
        }
        out.header = TRY(cells(member(value, "head"), out.aligns.size()));
        for (const Json& row : rows)
            out.rows.push_back(TRY(cells(row, out.aligns.size())));
        return ok();
    }

    Result<std::vector<Inlines>> cells(const Json& value, std::size_t columns) {
        if (!value.is_array() || value.size() != columns)
            return invalid("a row of another length", "rows");
        std::vector<Inlines> out;
        for (const Json& cell : value) {
            TRY(count());
            out.push_back(TRY(inlines(cell)));
        }
        return out;
    }

    Result<Inlines> inlines(const Json& value) {
        if (!value.is_array()) return invalid("text is no list", "i");
        std::size_t at = 0;
        Inlines out = TRY(inlines_until_close(value, at, 0));
        if (at != value.size()) return invalid("a mark closes twice", "i");
        return out;
    }

    Result<Inlines> inlines_until_close(const Json& value, std::size_t& at, int depth) {
        if (depth > kInlineDepthMax) return invalid("marks nest too deep", "i");
        Inlines out;
        while (at < value.size() && !value[at].is_null())
            out.push_back(TRY(one_inline(value, at, depth)));
        return out;
    }

    Result<Inline> one_inline(const Json& value, std::size_t& at, int depth) {
        TRY(count());
        const Json& item = value[at++];
        Inline out;
        if (item.is_string()) {
            out.text = item.get_ref<const std::string&>();
            return out;
        }
        const std::string type = TRY(text_at(item, "t"));
        const auto kind = named<InlineKind>(kInlineNames, type);
        if (!kind || *kind == InlineKind::Text) return invalid("no such mark", type);
        out.kind = *kind;
        if (*kind == InlineKind::Code) out.text = TRY(text_at(item, "x", limits::kArticleBytesMax));
        if (*kind == InlineKind::Image) out.text = text_or(item, "alt");
        if (*kind == InlineKind::Image || *kind == InlineKind::Link) {
            out.target = TRY(text_at(item, "to"));
            if (!is_safe_link(out.target)) return invalid("a link nobody may follow", "to");
        }
        if (!is_container(*kind)) return out;
        out.children = TRY(inlines_until_close(value, at, depth + 1));
        if (at == value.size()) return invalid("a mark is not closed", "i");
        ++at;
        return out;
    }

    std::size_t nodes_ = 0;
};

}  // namespace

bool is_container(InlineKind kind) {
    return kind == InlineKind::Strong || kind == InlineKind::Emphasis ||
           kind == InlineKind::Strike || kind == InlineKind::Link;
}

Json to_json(const Blocks& blocks) {
    Json out = Json::array();
    for (const Block& block : blocks)
        out.push_back(to_json(block));
    return out;
}

Result<Blocks> blocks_from_json(const Json& value) {
    return Reader().blocks(value, 0);
}

}  // namespace ventanilla::domain

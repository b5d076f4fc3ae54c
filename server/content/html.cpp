#include "server/content/html.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::Align;
using domain::Block;
using domain::BlockKind;
using domain::Inline;
using domain::InlineKind;
using domain::Inlines;

constexpr std::array<std::string_view, 4> kTones = {"note", "tip", "warning", "danger"};
constexpr std::array<std::string_view, 4> kAligns = {
    "", " class=\"left\"", " class=\"center\"", " class=\"right\""};

class Writer {
  public:
    explicit Writer(const HtmlOptions& options) : options_(options) {}

    void blocks(const domain::Blocks& blocks) {
        for (const Block& block : blocks)
            one(block);
    }
    std::string take() { return std::move(out_); }

  private:
    template <class... Parts>
    void put(const Parts&... parts) {
        (append(out_, parts), ...);
    }

    void wrapped(std::string_view tag, const Inlines& content) {
        put("<", tag, ">");
        inlines(content);
        put("</", tag, ">");
    }

    void inlines(const Inlines& parts) {
        for (const Inline& part : parts)
            one(part);
    }

    void one(const Inline& part) {
        const bool is_safe = domain::is_safe_link(part.target);
        switch (part.kind) {
            case InlineKind::Text: put(escaped(part.text)); break;
            case InlineKind::Strong: wrapped("strong", part.children); break;
            case InlineKind::Emphasis: wrapped("em", part.children); break;
            case InlineKind::Strike: wrapped("del", part.children); break;
            case InlineKind::Code: put("<code>", escaped(part.text), "</code>"); break;
            case InlineKind::Break: put("<br />\n"); break;
            case InlineKind::Link:
                if (is_safe) put("<a href=\"", escaped(part.target), "\">");
                inlines(part.children);
                if (is_safe) put("</a>");
                break;
            case InlineKind::Image:
                if (is_safe)
                    put("<img src=\"",
                        escaped(part.target),
                        "\" alt=\"",
                        escaped(part.text),
                        "\" />");
                else
                    put(escaped(part.text));
                break;
        }
    }

    void one(const Block& block) {
        switch (block.kind) {
            case BlockKind::Paragraph:
                wrapped("p", block.inlines);
                put("\n");
                break;
            case BlockKind::Heading: heading(block); break;
            case BlockKind::List: list(block); break;
            case BlockKind::Code: code(block); break;
            case BlockKind::Quote:
                put("<blockquote>\n");
                blocks(block.children);
                put("</blockquote>\n");
                break;
            case BlockKind::Table: table(block); break;
            case BlockKind::Rule: put("<hr />\n"); break;
            case BlockKind::Callout: callout(block); break;
        }
    }

    void heading(const Block& block) {
        const int level = std::max(block.level, options_.heading_level_min);
        put("<h", level);
        if (options_.anchors == Anchors::Ids)
            put(" id=\"", escaped(block.id), "\">");
        else
            put("><a name=\"", escaped(block.id), "\"></a>");
        inlines(block.inlines);
        put("</h", level, ">\n");
    }

    void list(const Block& block) {
        const std::string_view tag = block.is_ordered ? "ol" : "ul";
        put("<", tag);
        if (block.is_ordered && block.start != 1) put(" start=\"", block.start, "\"");
        put(">\n");
        for (const domain::Blocks& item : block.items) {
            put("<li>");
            if (!block.is_tight && !item.empty()) put("\n");
            for (const Block& child : item)
                item_block(child, block.is_tight);
            put("</li>\n");
        }
        put("</", tag, ">\n");
    }

    void item_block(const Block& child, bool is_tight) {
        if (is_tight && child.kind == BlockKind::Paragraph) {
            inlines(child.inlines);
            return;
        }
        if (!out_.empty() && out_.back() != '\n') put("\n");
        one(child);
    }

    void code(const Block& block) {
        put("<pre><code");
        if (!block.language.empty()) put(" class=\"language-", escaped(block.language), "\"");
        put(">", escaped(block.text), "</code></pre>\n");
    }

    void callout(const Block& block) {
        const auto tone = static_cast<std::size_t>(block.tone);
        put("<aside class=\"callout ", kTones[tone], "\">\n");
        if (!block.inlines.empty()) {
            put("<p class=\"title\">");
            inlines(block.inlines);
            put("</p>\n");
        } else if (!options_.callout_titles[tone].empty()) {
            put("<p class=\"title\">", escaped(options_.callout_titles[tone]), "</p>\n");
        }
        blocks(block.children);
        put("</aside>\n");
    }

    void row(const std::vector<Inlines>& cells, const Block& table, std::string_view tag) {
        put("<tr>\n");
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Align align = i < table.aligns.size() ? table.aligns[i] : Align::Default;
            put("<", tag, kAligns[static_cast<std::size_t>(align)], ">");
            inlines(cells[i]);
            put("</", tag, ">\n");
        }
        put("</tr>\n");
    }

    [[nodiscard]] static bool has_header(const Block& table) {
        for (const Inlines& cell : table.header) {
            if (!cell.empty()) return true;
        }
        return false;
    }

    void table(const Block& block) {
        put("<table>\n");
        if (has_header(block)) {
            put("<thead>\n");
            row(block.header, block, "th");
            put("</thead>\n");
        }
        if (!block.rows.empty()) {
            put("<tbody>\n");
            for (const auto& cells : block.rows)
                row(cells, block, "td");
            put("</tbody>\n");
        }
        put("</table>\n");
    }

    const HtmlOptions& options_;
    std::string out_;
};

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

std::string to_html(const domain::Blocks& blocks, const HtmlOptions& options) {
    Writer writer(options);
    writer.blocks(blocks);
    return writer.take();
}

}  // namespace ventanilla::content

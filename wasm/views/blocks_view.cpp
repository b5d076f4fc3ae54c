#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/article_view.hpp"

namespace ventanilla::views {

namespace {

using domain::Block;
using domain::BlockKind;
using domain::CalloutTone;
using domain::Inlines;

std::vector<ui::Span> spans_of(const Inlines& inlines) {
    std::vector<ui::Span> out;
    for (const domain::Run& run : domain::runs(inlines)) {
        out.push_back({.text = run.text,
                       .href = run.href,
                       .strong = run.is_strong,
                       .emphasis = run.is_emphasis,
                       .code = run.is_code});
    }
    return out;
}

void rich(ui::Ui& ui, const Inlines& inlines) {
    const std::vector<ui::Span> spans = spans_of(inlines);
    if (!spans.empty()) ui.rich(spans);
}

ui::Tone tone_of(CalloutTone tone) {
    switch (tone) {
        case CalloutTone::Note: return ui::Tone::Info;
        case CalloutTone::Tip: return ui::Tone::Ok;
        case CalloutTone::Warning: return ui::Tone::Warning;
        case CalloutTone::Danger: return ui::Tone::Critical;
    }
    return ui::Tone::Info;
}

K callout_key(CalloutTone tone) {
    switch (tone) {
        case CalloutTone::Note: return K::callout_note;
        case CalloutTone::Tip: return K::callout_tip;
        case CalloutTone::Warning: return K::callout_warning;
        case CalloutTone::Danger: return K::callout_danger;
    }
    return K::callout_note;
}

struct Writer {
    ui::Ui& ui;
    const Say& say;
    int level;

    void blocks(const domain::Blocks& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto keyed = ui.keyed(std::to_string(i));
            block(all[i]);
        }
    }

    void block(const Block& each) {
        switch (each.kind) {
            case BlockKind::Paragraph: return rich(ui, each.inlines);
            case BlockKind::Heading:
                return ui.heading(std::min(6, level + std::max(0, each.level - 2)),
                                  domain::plain_text(each.inlines));
            case BlockKind::List: return list(each);
            case BlockKind::Code: return ui.code_block(each.text);
            case BlockKind::Quote: return quote(each);
            case BlockKind::Table: return table(each);
            case BlockKind::Rule: return ui.divider();
            case BlockKind::Callout: return callout(each);
        }
    }

    void list(const Block& each) {
        const auto scope = each.is_ordered ? ui.ordered_list() : ui.list({}, false);
        int number = each.start;
        for (const domain::Blocks& item : each.items) {
            const std::string marker = each.is_ordered ? concat(number, ".") : "•";
            const auto entry = ui.bullet_item(std::to_string(number++), marker);
            blocks(item);
        }
    }

    void quote(const Block& each) {
        const auto indent = ui.indented();
        blocks(each.children);
    }

    void callout(const Block& each) {
        const ui::Tone tone = tone_of(each.tone);
        const std::string title = each.inlines.empty() ? std::string(say(callout_key(each.tone)))
                                                       : domain::plain_text(each.inlines);
        const auto panel = ui.panel({.tone = tone, .name = title, .border = false});
        ui.text(title, ui::Style::Strong, tone);
        blocks(each.children);
    }

    void table(const Block& each) {
        std::vector<std::string> titles;
        for (const Inlines& cell : each.header)
            titles.push_back(domain::plain_text(cell));
        std::vector<ui::TableColumn> columns;
        for (const std::string& title : titles)
            columns.push_back({.title = title});
        const auto scope = ui.table(say(K::article_table), columns);
        for (std::size_t r = 0; r < each.rows.size(); ++r) {
            const auto row = ui.table_row(std::to_string(r));
            for (const Inlines& inlines : each.rows[r]) {
                const auto cell = ui.cell();
                rich(ui, inlines);
            }
        }
    }
};

}  // namespace

void blocks_view(ui::Ui& ui, const Say& say, const domain::Blocks& blocks, int level) {
    Writer{ui, say, level}.blocks(blocks);
}

}  // namespace ventanilla::views

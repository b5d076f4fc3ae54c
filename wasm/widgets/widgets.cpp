#include "wasm/widgets/widgets.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::widgets {

using ui::Align;
using ui::Emphasis;
using ui::Gap;
using ui::Justify;

bool back_link(Ui& ui, std::string_view label, std::string_view href) {
    return ui.link({.label = label,
                    .href = href,
                    .style = Style::Secondary,
                    .icon = Icon::ArrowLeft,
                    .key = "back",
                    .quiet = true});
}

void page_title(Ui& ui, std::string_view title, std::string_view detail) {
    const auto column = ui.column(Gap::Tiny);
    ui.heading(1, title);
    ui.text(detail, Style::Secondary);
}

bool tile(Ui& ui, const TileSpec& spec) {
    const auto card = ui.card_link(spec.href, spec.key.empty() ? spec.href : spec.key);
    ui.icon_tile(spec.icon);
    ui.gap(Gap::Small);
    ui.tile_title(spec.title);
    ui.text(spec.detail, Style::Secondary);
    return card.activated();
}

bool record_row(Ui& ui, const RecordSpec& spec) {
    const auto item = ui.item(spec.key);
    const auto language = ui.lang(spec.lang);
    bool used = false;
    {
        const auto head = ui.row({.gap = Gap::Large, .align = Align::Start});
        {
            const auto title = ui.fill();
            if (spec.href.empty()) {
                ui.text(spec.title, spec.plain_title ? Style::Body : Style::Strong);
            } else {
                used = ui.link({.label = spec.title,
                                .href = spec.href,
                                .style = spec.plain_title ? Style::Body : Style::Strong,
                                .key = "title",
                                .inked = !spec.plain_title});
            }
        }
        ui.badge(spec.badge);
    }
    if (!spec.detail.empty() || !spec.note.empty()) {
        const auto foot = ui.row({.gap = Gap::Large, .align = Align::Start});
        {
            const auto detail = ui.fill();
            ui.text(spec.detail, Style::Secondary);
        }
        ui.text(spec.note, Style::Secondary);
    }
    return used;
}

namespace {

void banner_words(Ui& ui, const BannerSpec& spec) {
    ui.text(spec.title, Style::Strong, spec.tone);
    ui.paragraph(spec.text);
}

void banner_facts(Ui& ui, const BannerSpec& spec) {
    if (spec.facts.empty()) return;
    const auto facts =
        ui.row({.gap = Gap::Large, .align = Align::Start, .wrap = true, .tight = true});
    for (const std::vector<Span>& fact : spec.facts)
        ui.rich(fact, Style::Secondary);
}

void banner_buttons(Ui& ui, const BannerSpec& spec, bool wide, BannerEvent& event) {
    if (!spec.action_done.empty()) {
        ui.badge({.word = spec.action_done, .tone = spec.tone, .icon = Icon::Check});
    } else if (!spec.action.empty()) {
        event.action = ui.button({.label = spec.action,
                                  .emphasis = Emphasis::Primary,
                                  .key = "action",
                                  .busy_reason = spec.action_busy,
                                  .wide = wide});
    }
    if (!spec.second_action.empty()) {
        event.second_action =
            ui.button({.label = spec.second_action, .emphasis = Emphasis::Quiet, .key = "second"});
    }
}

}  // namespace

BannerEvent banner(Ui& ui, const BannerSpec& spec) {
    BannerEvent event;
    const auto panel = ui.panel({.tone = spec.tone, .name = spec.title, .key = spec.key});
    const bool kiosk = ui.info().prefs.kiosk;
    const bool narrow = ui.is_phone() || kiosk;
    const bool has_buttons =
        !spec.action.empty() || !spec.action_done.empty() || !spec.second_action.empty();
    {
        const auto row = ui.row({.gap = Gap::Medium, .align = Align::Start});
        {
            const auto holder = ui.banner_icon();
            ui.icon(spec.icon, spec.tone);
        }
        const auto body = ui.fill(Gap::Tiny);
        {
            const auto head = ui.row({.gap = Gap::Large, .align = Align::Start});
            {
                const auto words = ui.fill();
                banner_words(ui, spec);
            }
            if (!narrow) banner_buttons(ui, spec, false, event);
        }
        if (kiosk && has_buttons) {
            ui.gap(Gap::Medium);
            banner_buttons(ui, spec, false, event);
            ui.gap(Gap::Small);
        }
        if (!ui.is_phone() || kiosk) banner_facts(ui, spec);
    }
    // On a phone the small lines and the button have the whole width.
    if (ui.is_phone() && !kiosk) {
        if (has_buttons) {
            ui.gap(Gap::Medium);
            banner_buttons(ui, spec, true, event);
            ui.gap(Gap::Small);
        }
        banner_facts(ui, spec);
    }
    return event;
}

bool empty_state(Ui& ui, const EmptySpec& spec) {
    const auto column = ui.column(Gap::Medium, Align::Start);
    ui.gap(Gap::Medium);
    ui.icon_tile(spec.icon, spec.tone);
    {
        const auto words = ui.limited(560, Gap::Tiny);
        ui.text(spec.title, Style::Strong);
        ui.paragraph(spec.text);
    }
    if (spec.action.empty()) return false;
    if (!spec.action_href.empty()) {
        return ui.link(
            {.label = spec.action, .href = spec.action_href, .key = "do", .as_button = true});
    }
    return ui.button({.label = spec.action, .key = "do"});
}

NodeId error_summary(Ui& ui, std::string_view title, std::span<const Problem> problems) {
    const auto panel = ui.panel({.tone = Tone::Critical, .key = "problems", .alert = true});
    ui.text_heading(2, title, Style::Strong, Tone::Critical);
    const auto list = ui.list({}, false);
    for (const Problem& problem : problems) {
        const auto item = ui.item(problem.field);
        if (ui.field_link(problem.text, problem.field)) ui.focus_field(problem.field);
    }
    return panel.id();
}

void timeline_entry(Ui& ui, const EntrySpec& spec) {
    const auto entry = ui.timeline_entry(spec.key, spec.mine);
    {
        const auto head = ui.row({.gap = Gap::Tiny, .align = Align::Center, .wrap = true});
        ui.text(spec.who, Style::Strong);
        ui.text(spec.when, Style::Secondary);
        ui.badge(spec.badge);
    }
    ui.paragraph(spec.text);
}

void uptime_row(Ui& ui, const UptimeSpec& spec) {
    const auto item = ui.item(spec.key);
    {
        const auto head = ui.row({.gap = Gap::Large, .justify = Justify::Between});
        ui.text(spec.name, Style::Strong);
        ui.badge(spec.badge);
    }
    ui.gap(Gap::Small);
    ui.day_bars(spec.bars_name, spec.days);
    ui.gap(Gap::Tiny);
    const auto foot = ui.row({.gap = Gap::Small, .justify = Justify::Between});
    ui.text(spec.first_day, Style::Secondary);
    ui.text(spec.share, Style::Secondary);
    ui.text(spec.last_day, Style::Secondary);
}

void facts(Ui& ui, std::string_view name, std::span<const Fact> facts) {
    const auto list = ui.list(name, false);
    for (const Fact& fact : facts) {
        const auto item = ui.item(fact.label);
        const auto row = ui.row({.gap = Gap::Small, .align = Align::Start, .wrap = true});
        ui.text(fact.label, Style::Secondary);
        if (fact.href.empty()) {
            ui.text(fact.value, Style::Body);
        } else {
            ui.link(fact.value, fact.href);
        }
    }
}

void status_line(Ui& ui, Icon icon, Tone tone, std::string_view text) {
    const auto row = ui.row({.gap = Gap::Small, .align = Align::Start});
    ui.icon(icon, tone);
    const auto words = ui.fill();
    ui.text(text, Style::Secondary, tone == Tone::Neutral ? Tone::Neutral : tone);
}

}  // namespace ventanilla::widgets

#include "wasm/views/device_view.hpp"

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using sync::EntryState;

std::string counted(const Say& say, const sync::Replica& replica, domain::RowType type) {
    return say.number(static_cast<std::int64_t>(replica.count(type)));
}

void add_pack(const Say& say, K label, const ArticlePack& pack, std::vector<KeptRow>& out) {
    if (pack.count == 0) return;
    out.push_back({std::string(say(label)),
                   say(K::device_pack,
                       {{"n", say.number(pack.count)},
                        {"bytes", say.bytes(pack.bytes)},
                        {"day", say.day(pack.newest_at)}})});
}

UnsentModel unsent_model(const AppState& state, const Say& say, const sync::Entry& entry) {
    UnsentModel model{.cmd = entry.cmd_id};
    model.title = command_title(say, state, entry);
    if (const RequestCard* card = state.library.request(entry.entity.id))
        model.url = request_url(*card);
    model.mark = unsent_mark(say, entry);
    model.text = unsent_text(say, entry);
    if (entry.record != nullptr) model.when = say.ago(entry.record->command.created.wall);
    const bool is_stuck =
        entry.state == EntryState::Rejected || entry.state == EntryState::Quarantined;
    model.may_edit = entry.state == EntryState::Rejected;
    model.may_retry = is_stuck;
    model.may_discard = is_stuck || entry.state == EntryState::Held ||
                        entry.state == EntryState::Queued || entry.state == EntryState::Volatile;
    model.is_discarded = entry.state == EntryState::Discarded;
    return model;
}

void row_view(ui::Ui& ui, const Say& say, const UnsentModel& row, Intents& intents) {
    const auto item = ui.item(to_text(row.cmd));
    const auto column = ui.column(ui::Gap::Small);
    {
        const auto line = ui.row(ui::Gap::Medium);
        const auto fill = ui.fill();
        if (row.url.empty())
            ui.text(row.title, ui::Style::Strong);
        else
            ui.link({.label = row.title, .href = row.url, .strong = true});
    }
    ui.badge(row.mark.badge());
    ui.text(concat(row.text, row.text.empty() || row.when.empty() ? "" : " · ", row.when),
            ui::Style::Secondary);
    const auto buttons = ui.wrap(ui::Gap::Small);
    if (row.is_discarded && ui.button(say(K::device_bring_back)))
        intents.push_back(UndoDiscard{row.cmd});
    if (row.may_edit && ui.button(say(K::unsent_edit))) intents.push_back(EditUnsent{row.cmd});
    if (row.may_retry && ui.button(say(K::unsent_retry))) intents.push_back(RetryUnsent{row.cmd});
    if (ui.button(say(K::unsent_copy), ui::Emphasis::Quiet)) intents.push_back(CopyUnsent{row.cmd});
    if (row.may_discard && ui.button(say(K::unsent_discard), ui::Emphasis::Quiet))
        intents.push_back(AskDiscardUnsent{row.cmd});
}

void unsent_view(ui::Ui& ui, const DeviceModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto card = ui.card(say(K::device_unsent));
    for (const std::string& line : model.unreadable)
        widgets::status_line(ui, ui::Icon::TriangleAlert, ui::Tone::Warning, line);
    if (model.unsent.empty()) {
        ui.text(say(K::device_unsent_none), ui::Style::Secondary);
        return;
    }
    {
        const auto list = ui.list(say(K::device_unsent));
        for (const UnsentModel& row : model.unsent)
            row_view(ui, say, row, intents);
    }
    const auto row = ui.wrap(ui::Gap::Medium);
    if (ui.button({.label = say(K::device_send_now),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::Send}))
        intents.push_back(SyncNow{});
    if (ui.button({.label = say(K::device_export), .icon = ui::Icon::Download}))
        intents.push_back(ExportUnsent{});
}

}  // namespace

DeviceModel device_model(const AppState& state, Instant now) {
    DeviceModel model{.say = say_for(state, now)};
    if (state.client == nullptr) return model;
    const Say& say = model.say;
    const sync::Replica& replica = state.client->replica();
    using domain::RowType;
    model.kept = {
        {std::string(say(K::device_requests)), counted(say, replica, RowType::Request)},
        {std::string(say(K::device_items)), counted(say, replica, RowType::CatalogItem)},
        {std::string(say(K::device_outages)), counted(say, replica, RowType::Outage)},
        {std::string(say(K::device_drafts)),
         say.number(static_cast<std::int64_t>(state.client->drafts().size()))},
    };
    const Library::Packs& packs = state.library.packs();
    add_pack(say, K::device_articles_all, packs.everybody, model.kept);
    add_pack(say, K::device_articles_staff, packs.staff, model.kept);
    if (state.storage.used_bytes > 0)
        model.kept.push_back({std::string(say(K::device_size)),
                              say(K::device_size_of,
                                  {{"used", say.bytes(state.storage.used_bytes)},
                                   {"quota", say.bytes(state.storage.quota_bytes)}})});
    if (const auto synced = state.client->status().last_full_sync)
        model.kept.push_back({std::string(say(K::device_synced)), say.when(*synced)});
    model.is_staying = state.storage.is_persisted.value_or(false);
    model.staying = std::string(say(model.is_staying ? K::device_staying : K::device_not_staying));
    for (const sync::Entry& entry : state.client->entries()) {
        if (entry.state != EntryState::Confirmed && entry.state != EntryState::Accepted)
            model.unsent.push_back(unsent_model(state, say, entry));
    }
    for (const sync::Unreadable& file : state.client->unreadable())
        model.unreadable.push_back(say(K::device_unreadable, {{"code", file.support_code}}));
    return model;
}

void device_view(ui::Ui& ui, const DeviceModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto page = ui.column(ui::Gap::Huge);
    widgets::page_title(ui, say(K::device_title), say(K::device_lead));
    unsent_view(ui, model, intents);
    const auto card = ui.card(say(K::device_kept));
    std::vector<widgets::Fact> facts;
    for (const KeptRow& row : model.kept)
        facts.push_back({.label = row.label, .value = row.value});
    widgets::facts(ui, say(K::device_kept), facts);
    widgets::status_line(ui,
                         model.is_staying ? ui::Icon::CircleCheck : ui::Icon::Info,
                         model.is_staying ? ui::Tone::Ok : ui::Tone::Neutral,
                         model.staying);
}

}  // namespace ventanilla::views

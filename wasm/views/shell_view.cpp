#include "wasm/views/shell_view.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/permissions.hpp"
#include "wasm/views/outage_form.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using ui::Icon;
using ui::Tone;

// The part of the portal a page belongs to, for the highlighted entry of the navigation.
Page part_of(Page page) {
    switch (page) {
        case Page::Form: return Page::Catalogue;
        case Page::Request: return Page::Requests;
        case Page::QueueRequest: return Page::Queue;
        case Page::Article: return Page::Search;
        case Page::NewArticle:
        case Page::EditArticle:
        case Page::Knowledge:
        case Page::Review: return Page::Articles;
        case Page::NewOutage:
        case Page::Outage: return Page::Status;
        case Page::Device: return Page::Settings;
        default: return page;
    }
}

int open_count(const AppState& state) {
    return static_cast<int>(std::count_if(state.library.mine().begin(),
                                          state.library.mine().end(),
                                          [](const RequestCard* card) { return is_open(*card); }));
}

std::optional<K> fixed_name(Page page) {
    switch (page) {
        case Page::Home: return K::nav_home;
        case Page::Search: return K::nav_search;
        case Page::Catalogue: return K::nav_ask;
        case Page::Requests: return K::nav_requests;
        case Page::Status: return K::nav_status;
        case Page::Queue: return K::nav_queue;
        case Page::Articles: return K::articles_title;
        case Page::Knowledge: return K::knowledge_title;
        case Page::NewArticle: return K::writing_new;
        case Page::EditArticle: return K::writing_edit;
        case Page::SignIn: return K::sign_in_title;
        case Page::Settings: return K::nav_settings;
        case Page::Device: return K::device_title;
        case Page::NewOutage: return K::outage_new_title;
        case Page::Outage: return K::outage_update_title;
        case Page::NotFound: return K::page_not_found;
        case Page::Form:
        case Page::Request:
        case Page::QueueRequest:
        case Page::Review:
        case Page::Article: break;
    }
    return std::nullopt;
}

int attention_count(const AppState& state) {
    int count = 0;
    for (const sync::Entry& entry : state.client->entries()) {
        using enum sync::EntryState;
        if (entry.state == Rejected || entry.state == Quarantined || entry.state == Held) ++count;
    }
    return count + static_cast<int>(state.client->unreadable().size());
}

std::string connection_detail(const AppState& state,
                              const Say& say,
                              const sync::ClientStatus& status) {
    const int unsent = unsent_count(state);
    if (status.storage != sync::StorageMode::Durable && unsent > 0)
        return std::string(say(K::connection_volatile));
    if (const int attention = attention_count(state); attention > 0)
        return say(P::connection_attention, attention);
    if (unsent > 0 && !status.is_signed_in) return std::string(say(K::connection_sign_in));
    if (unsent > 0 && status.turn_at)
        return say(P::connection_turn, unsent, {{"time", say.time(*status.turn_at)}});
    if (unsent > 0) return say(P::connection_unsent, unsent);
    if (!status.last_full_sync) return std::string(say(K::connection_all_sent_never));
    return say(K::connection_all_sent, {{"time", say.when(*status.last_full_sync)}});
}

// ---- dialogs

struct Question {
    K title, text, yes, no;
};
Question question_of(DialogKind kind) {
    switch (kind) {
        case DialogKind::DiscardUnsent:
            return {K::ask_discard_title, K::ask_discard_text, K::ask_discard_yes, K::ask_keep};
        case DialogKind::DiscardWriting:
        case DialogKind::DiscardOutage:
        case DialogKind::DiscardDraft:
            return {K::ask_draft_title, K::ask_draft_text, K::ask_draft_yes, K::ask_keep};
        case DialogKind::CancelRequest:
            return {K::ask_cancel_title, K::ask_cancel_text, K::ask_cancel_yes, K::ask_cancel_no};
        case DialogKind::ResolveOutage:
            return {K::ask_resolve_title, K::ask_resolve_text, K::ask_resolve_yes, K::ask_back};
        case DialogKind::SignOut:
        case DialogKind::None: break;
    }
    return {K::ask_sign_out_title, K::ask_sign_out_text, K::ask_sign_out_yes, K::ask_back};
}

Intent yes_of(const Dialog& dialog) {
    switch (dialog.kind) {
        case DialogKind::DiscardUnsent: return DiscardUnsent{dialog.id};
        case DialogKind::DiscardDraft: return DiscardDraft{dialog.key};
        case DialogKind::DiscardWriting: return DiscardWriting{};
        case DialogKind::CancelRequest: return Act{dialog.id, "cancel"};
        case DialogKind::ResolveOutage: return PublishOutage{};
        case DialogKind::DiscardOutage: return DiscardOutage{};
        case DialogKind::SignOut:
        case DialogKind::None: break;
    }
    return SignOut{};
}

void dialog_view(ui::Ui& ui, const AppState& state, const Say& say, Intents& intents) {
    const Question question = question_of(state.dialog->kind);
    const bool is_sign_out = state.dialog->kind == DialogKind::SignOut;
    const int unsent = unsent_count(state);
    const auto dialog = ui.dialog({.key = "dialog", .title = say(question.title)});
    ui.paragraph(is_sign_out && unsent > 0 ? say(P::ask_sign_out_unsent, unsent)
                                           : std::string(say(question.text)));
    const auto row = ui.wrap(ui::Gap::Medium);
    if (is_sign_out && unsent > 0 && ui.button(say(K::device_export)))
        intents.push_back(ExportUnsent{});
    if (ui.button({.label = say(question.no), .key = "no"}) || dialog.dismissed())
        intents.push_back(CloseDialog{});
    if (ui.button({.label = say(question.yes), .emphasis = ui::Emphasis::Danger, .key = "yes"})) {
        intents.push_back(yes_of(*state.dialog));
        intents.push_back(CloseDialog{});
    }
}

void toast_view(ui::Ui& ui, const Say& say, const Toast& toast, std::size_t at, Intents& intents) {
    const auto box = ui.toast(concat("toast", toast.until_ms), toast.tone);
    const auto row = ui.row(ui::Gap::Medium);
    ui.text(toast.text);
    if (!is_nil(toast.undo) && ui.button(say(K::toast_undo), ui::Emphasis::Quiet))
        intents.push_back(UndoDiscard{toast.undo});
    const ui::ButtonSpec close{.label = say(K::ui_close),
                               .emphasis = ui::Emphasis::Quiet,
                               .icon = Icon::X,
                               .icon_only = true};
    if (ui.button(close)) intents.push_back(CloseToast{at});
}

void notice(ui::Ui& ui,
            std::string_view key,
            Tone tone,
            Icon icon,
            std::string_view title,
            std::string_view text) {
    widgets::banner(ui, {.key = key, .tone = tone, .icon = icon, .title = title, .text = text});
}

// On every page but the console itself, where it stands beside what is written.
void reminders_view(ui::Ui& ui, const AppState& state, Instant now) {
    for (const Reminder& each : reminders(state, now)) {
        const std::string key = to_text(each.outage);
        if (state.route.page == Page::Outage && state.route.key == key) continue;
        const std::vector<std::vector<ui::Span>> facts = {
            {ui::linked(tr(state.lang, K::remind_open), to_url(Page::Outage, key))}};
        const Tone tone = each.is_late ? Tone::Warning : Tone::Info;
        widgets::banner(ui,
                        {.key = "remind-" + key,
                         .tone = tone,
                         .icon = Icon::Clock,
                         .title = each.text,
                         .facts = facts});
    }
}

}  // namespace

ui::Words ui_words(Lang lang) {
    return {.skip_to_content = tr(lang, K::ui_skip),
            .required = tr(lang, K::ui_required),
            .optional = tr(lang, K::ui_optional),
            .close = tr(lang, K::ui_close),
            .choose = tr(lang, K::ui_choose),
            .loading = tr(lang, K::ui_loading),
            .main_nav = tr(lang, K::ui_main_nav),
            .opens_outside = tr(lang, K::ui_opens_outside)};
}

ConnectionModel connection_model(const AppState& state, Instant now) {
    if (!is_signed_in(state) || state.client == nullptr) return {};
    const Say say = say_for(state, now);
    const sync::ClientStatus status = state.client->status();
    ConnectionModel model;
    if (is_cut_off(state))
        model.badge = {std::string(say(K::connection_offline)), Tone::Warning, Icon::CloudOff};
    else if (status.is_reachable)
        model.badge = {std::string(say(K::connection_online)), Tone::Ok, Icon::CircleCheck};
    else
        model.badge = {std::string(say(K::connection_waiting)), Tone::Neutral, Icon::Hourglass};
    model.detail = connection_detail(state, say, status);
    return model;
}

std::vector<NavModel> nav_models(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    const int open = open_count(state);
    std::vector<NavModel> nav = {
        {.page = Page::Home, .label = K::nav_home, .short_label = K::nav_home, .icon = Icon::House},
        {.page = Page::Search,
         .label = K::nav_search,
         .short_label = K::nav_search,
         .icon = Icon::Search},
        {.page = Page::Catalogue,
         .label = K::nav_ask,
         .short_label = K::nav_ask_short,
         .icon = Icon::Plus,
         .on_phone = false},
        {.page = Page::Requests,
         .label = K::nav_requests,
         .short_label = K::nav_requests_short,
         .icon = Icon::ListChecks,
         .count = open,
         .count_label = open > 0 ? say(P::nav_open_count, open) : ""},
    };
    if (is_agent(state))
        nav.push_back({.page = Page::Queue,
                       .label = K::nav_queue,
                       .short_label = K::nav_queue_short,
                       .icon = Icon::Inbox});
    if (rules::may_propose_articles(viewer_of(state)))
        nav.push_back({.page = Page::Articles,
                       .label = K::articles_title,
                       .short_label = K::articles_title,
                       .icon = Icon::BookOpen,
                       .on_phone = false});
    nav.push_back({.page = Page::Status,
                   .label = K::nav_status,
                   .short_label = K::nav_status_short,
                   .icon = Icon::Activity});
    nav.push_back({.page = Page::Settings,
                   .label = K::nav_settings,
                   .short_label = K::nav_settings,
                   .icon = Icon::Settings,
                   .on_phone = false});
    return nav;
}

std::string page_name(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    if (const auto key = fixed_name(state.route.page)) {
        if (*key == K::nav_search && !state.search.query.empty())
            return say(K::search_title_for, {{"query", state.search.query}});
        return std::string(say(*key));
    }
    if (state.route.page == Page::Form) {
        const domain::CatalogItem* item = state.library.item(state.route.key);
        return item == nullptr ? std::string(say(K::nav_ask)) : item->title.in(state.lang);
    }
    if (state.route.page == Page::Article) {
        const ArticleCard* article = state.library.article(state.route.key);
        return article == nullptr ? std::string(say(K::article_missing))
                                  : article->title.in(state.lang);
    }
    if (state.route.page == Page::Review) {
        const Result<Id> id = parse_id(state.route.key);
        const VersionCard* version = id ? state.library.version(*id) : nullptr;
        return version == nullptr ? std::string(say(K::review_title))
                                  : version->title.in(state.lang);
    }
    const RequestCard* card = state.library.request_named(state.route.key);
    return card == nullptr ? std::string(say(K::request_missing)) : card->title;
}

ui::Scope open_shell(ui::Ui& ui, const AppState& state, Instant now, Intents& intents) {
    const Say say = say_for(state, now);
    const bool is_bare = !is_signed_in(state) || state.device.ui.kiosk;
    const ConnectionModel connection = connection_model(state, now);
    const std::string title = say(K::page_title, {{"page", page_name(state, now)}});
    const std::vector<NavModel> models = nav_models(state, now);
    std::vector<std::string> hrefs;
    hrefs.reserve(models.size());
    std::vector<ui::NavSpec> nav;
    for (const NavModel& model : models) {
        hrefs.push_back(to_url(model.page));
        nav.push_back({.label = say(model.label),
                       .short_label = say(model.short_label),
                       .href = hrefs.back(),
                       .icon = model.icon,
                       .current = part_of(state.route.page) == model.page,
                       .count = model.count,
                       .count_label = model.count_label,
                       .on_phone = model.on_phone});
    }
    const std::string device_url = to_url(Page::Device);
    (void)intents;
    return ui.shell(
        {.product = say(K::app_name),
         .title = title,
         .nav = is_bare ? std::span<const ui::NavSpec>{} : std::span<const ui::NavSpec>{nav},
         .connection = connection.badge.badge(),
         .connection_detail = connection.detail,
         .connection_href = is_bare ? std::string_view{} : std::string_view{device_url},
         .bare = is_bare,
         .narrow = !is_signed_in(state)});
}

void notices_view(ui::Ui& ui, const AppState& state, Instant now, Intents& intents) {
    if (!is_signed_in(state) || state.client == nullptr) return;
    const Say say = say_for(state, now);
    const sync::ClientStatus status = state.client->status();
    if (state.session.is_over || !status.is_signed_in) {
        notice(ui,
               "session-over",
               Tone::Warning,
               Icon::LogIn,
               say(K::notice_session),
               say(K::sign_in_again));
        ui.link({.label = say(K::sign_in_submit),
                 .href = to_url(Page::SignIn, {}, to_url(state.route)),
                 .as_button = true,
                 .emphasis = ui::Emphasis::Primary});
    }
    if (!state.is_storage_available || status.storage != sync::StorageMode::Durable)
        notice(ui,
               "storage",
               Tone::Warning,
               Icon::HardDrive,
               say(K::notice_storage),
               say(K::notice_storage_text));
    if (status.is_upgrade_needed)
        notice(ui,
               "upgrade",
               Tone::Warning,
               Icon::RefreshCw,
               say(K::notice_upgrade),
               say(K::notice_upgrade_text));
    reminders_view(ui, state, now);
    if (state.is_update_waiting) {
        const auto event = widgets::banner(ui,
                                           {.key = "update",
                                            .tone = Tone::Info,
                                            .icon = Icon::RefreshCw,
                                            .title = say(K::notice_update),
                                            .text = say(K::notice_update_text),
                                            .second_action = say(K::notice_update_now)});
        if (event.second_action) intents.push_back(UpdateNow{});
    }
    if (!state.is_leader && state.was_storage_opened) {
        const auto event = widgets::banner(ui,
                                           {.key = "follower",
                                            .tone = Tone::Info,
                                            .icon = Icon::AppWindow,
                                            .title = say(K::notice_follower),
                                            .text = say(K::notice_follower_text),
                                            .second_action = say(K::notice_use_here)});
        if (event.second_action) intents.push_back(UseHere{});
    }
}

void overlays_view(ui::Ui& ui, const AppState& state, Instant now, Intents& intents) {
    const Say say = say_for(state, now);
    for (std::size_t i = 0; i < state.toasts.size(); ++i)
        toast_view(ui, say, state.toasts[i], i, intents);
    if (state.dialog) dialog_view(ui, state, say, intents);
}

}  // namespace ventanilla::views

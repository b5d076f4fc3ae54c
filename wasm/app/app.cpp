#include "wasm/app/app.hpp"

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/app/screens.hpp"
#include "wasm/views/outage_words.hpp"
#include "wasm/views/request_words.hpp"
#include "wasm/views/shell_view.hpp"

// The loop: an event changes state, what can be seen of it decides whether a frame is wanted, a
// frame's intents are reduced until it shows the present.

namespace ventanilla::app {

namespace {

using views::AppState;

constexpr int kPassesMax = 3;

// ---- events

struct Handler {
    Core& core;

    void operator()(const Booted& each) const { start(core, each); }
    void operator()(const DevicePrefs& each) const {
        views::Device& device = core.state.device;
        device.dark = each.dark;
        device.more_contrast = each.more_contrast;
        device.ui.reduced_motion = each.reduced_motion;
        device.ui.coarse_pointer = each.coarse_pointer;
        device.ui.root_font_px = each.root_font_px;
        device.ui.unclipped = each.unclipped;
        core.is_dirty = true;
    }
    void operator()(const StoreOpened& each) const { store_opened(core, each); }
    void operator()(const CommitDone& each) const { commit_done(core, each); }
    void operator()(const HttpReply& each) const { http_reply(core, each); }
    void operator()(const LiveOpened&) const {
        if (core.client) core.client->on_live_state(true, core.engine_now());
    }
    void operator()(const LiveMessage& each) const {
        if (!core.client) return;
        const Result<std::uint64_t> head = sync::decode_hint(each.data);
        if (each.event == "head" && head)
            core.client->on_hint(*head, core.engine_now());
        else
            core.client->on_live_heartbeat(core.engine_now());
    }
    void operator()(const LiveClosed&) const {
        if (core.client) core.client->on_live_state(false, core.engine_now());
    }
    void operator()(const Tick&) const {}
    void operator()(const UrlChanged& each) const { url_changed(core, each.url); }
    void operator()(const VisibilityChanged& each) const {
        if (core.client) core.client->on_visibility(each.is_visible, core.engine_now());
        if (!each.is_visible) (*this)(Leaving{});  // a phone may never show it again
        if (!each.is_visible && core.state.is_update_waiting) core.wants_update = true;
    }
    void operator()(const Leaving&) const {
        settle_address(core);
        help_leaving(core);
        if (core.client) core.client->flush_drafts(core.engine_now());
    }
    void operator()(const OnlineChanged& each) const {
        if (core.client) core.client->on_online(each.is_online, core.engine_now());
    }
    void operator()(const LeaderChanged& each) const {
        core.state.is_leader = each.leads;
        reopen_store(core);
    }
    void operator()(const PeerMessage& each) const { peer_message(core, each); }
    void operator()(const UpdateAvailable&) const { core.state.is_update_waiting = true; }
    void operator()(const TextCopied& each) const {
        toast(core,
              std::string(core.words()(each.is_done ? views::K::toast_copied
                                                    : views::K::toast_copy_failed)));
    }
    void operator()(const PersistAnswered& each) const {
        core.state.storage.is_persisted = each.is_granted;
    }
    void operator()(const MarkdownDone& each) const { markdown_done(core, each); }
    void operator()(const StorageEstimated& each) const {
        core.state.storage.used_bytes = each.used_bytes;
        core.state.storage.quota_bytes = each.quota_bytes;
        core.is_dirty = true;
    }
};

// ---- what time does

void run_timers(Core& core) {
    if (core.client && core.engine_wake_ms >= 0 && core.now.mono_ms >= core.engine_wake_ms) {
        core.engine_wake_ms = -1;
        core.client->on_timer(core.engine_now());
    }
    if (core.now.mono_ms >= core.address_due_ms) settle_address(core);
    if (core.help.due_ms >= 0 && core.now.mono_ms >= core.help.due_ms) tell_help(core);
    const std::size_t toasts = core.state.toasts.size();
    std::erase_if(core.state.toasts,
                  [&](const views::Toast& toast) { return toast.until_ms <= core.now.mono_ms; });
    core.is_dirty = core.is_dirty || toasts != core.state.toasts.size();
    if (const auto message = core.announcer.due(core.now.mono_ms)) core.effect(Announce{*message});
    if (core.news_at && core.now.wall > *core.news_at) {
        announce_banners(core);
        core.is_dirty = true;
    }
    if (core.ageing.next && core.now.wall >= *core.ageing.next) core.is_dirty = true;
    if (core.is_dirty) announce_reminders(core);
}

// ---- what follows from new rows

void read_rows(Core& core) {
    if (core.client == nullptr || !views::is_signed_in(core.state)) return;
    if (!core.state.library.refresh(core.client->replica(), views::me(core.state))) return;
    announce_banners(core);
    follow_former_address(core);
    core.indexer.rows_changed();
}

// No slice while a frame is wanted: what can be shown goes first.
bool wants_slice(const Core& core) {
    return core.client != nullptr && !core.indexer.is_ready() && !core.is_dirty;
}

void index_slice(Core& core) {
    if (!wants_slice(core)) return;
    core.indexer.step(core.state.library, views::me(core.state), core.now.wall);
    if (!core.indexer.is_ready()) return;
    core.state.search.is_ready = true;
    if (!core.state.search.query.empty()) search_for(core, core.state.search.query);
    const views::Page page = core.state.route.page;
    if (page == views::Page::Form) look_for_similar(core, core.state.route.key);
    core.is_dirty = core.is_dirty || page == views::Page::Search || page == views::Page::Form ||
                    !core.state.search.query.empty();
}

void watch_connection(Core& core) {
    AppState& state = core.state;
    if (core.client == nullptr) return;
    const sync::ClientStatus status = core.client->status();
    const bool has_turn = status.turn_at && !status.is_loading;  // a server that gives turns is there
    const bool is_missing =
        status.is_online && !status.is_reachable && status.is_signed_in && !has_turn;
    if (!is_missing)
        state.unreachable_since_ms = -1;
    else if (state.unreachable_since_ms < 0)
        state.unreachable_since_ms = core.now.mono_ms;
}

void guard_unload(Core& core) {
    const bool is_at_risk = core.client != nullptr &&
                            core.client->status().storage != sync::StorageMode::Durable &&
                            views::unsent_count(core.state) > 0;
    const bool wants = is_at_risk || has_dirty_drafts(core);
    if (wants != core.is_guarding) core.effect(GuardUnload{wants});
    core.is_guarding = wants;
}

// A new version takes over once nothing typed or unsent is at risk.
void apply_update(Core& core) {
    if (!core.wants_update || !core.state.is_update_waiting || has_dirty_drafts(core) ||
        !core.commits.empty())
        return;
    if (core.client != nullptr && core.client->status().storage != sync::StorageMode::Durable &&
        views::unsent_count(core.state) > 0)
        return;
    core.wants_update = false;
    core.state.is_update_waiting = false;
    core.effect(ApplyUpdate{});
}

std::int64_t minute_of(Instant at) {
    return std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count();
}

// Everything shown that does not change by an intent, as one number: frames happen only when it
// does. The moment of the last contact is left out while it is fresh: the next frame says it, and
// no frame happens for its sake.
std::uint64_t print_of(const Core& core) {
    const AppState& state = core.state;
    std::string text =
        concat(static_cast<int>(state.session.kind),
               state.session.is_over ? 1 : 0,
               state.was_storage_opened ? 1 : 0,
               state.is_leader ? 1 : 0,
               state.is_update_waiting ? 1 : 0,
               state.sign_in.is_busy ? 1 : 0,
               state.sign_in.problem ? static_cast<int>(*state.sign_in.problem) + 1 : 0,
               views::is_self_outage(state) ? 1 : 0,
               views::is_without_data(state) ? 1 : 0,
               state.toasts.size());
    for (const auto& [item, form] : state.forms)
        append(text, form.saving.saved_at ? to_ms(*form.saving.saved_at) : 0);
    for (const auto& [key, reply] : state.replies)
        append(text, reply.saving.saved_at ? to_ms(*reply.saving.saved_at) : 0);
    for (const auto& [key, form] : state.outage_forms)
        append(text, form.saving.saved_at ? to_ms(*form.saving.saved_at) : 0);
    for (const auto& [number, writing] : state.writings)
        append(text, writing.saving.saved_at ? to_ms(*writing.saving.saved_at) : 0);
    if (core.client == nullptr) return hash64(text);
    const sync::ClientStatus status = core.client->status();
    const views::ConnectionModel connection = views::connection_model(state, core.now.wall);
    text += concat(connection.badge.word,
                   status.turn_at ? minute_of(*status.turn_at) : 0,
                   views::is_stale(state, core.now.wall) ? 1 : 0,
                   status.last_full_sync ? 1 : 0,
                   status.is_signed_in ? 1 : 0,
                   status.is_upgrade_needed ? 1 : 0,
                   status.unreadable_files);
    append(text, core.client->replica().revision());
    append(text, static_cast<int>(status.storage) * 2 + (status.is_loading ? 1 : 0));
    for (const sync::Entry& entry : core.client->entries()) {
        if (views::is_note(entry)) continue;
        append(text, static_cast<int>(entry.state) * 2 + (entry.is_saving ? 1 : 0));
        append(text, entry.number);
    }
    return hash64(text);
}

void settle(Core& core) {
    carry_effects(core);
    read_rows(core);
    follow_writing(core);
    watch_connection(core);
    guard_unload(core);
    apply_update(core);
    const std::uint64_t print = print_of(core);
    core.is_dirty = core.is_dirty || print != core.shown_print;
    core.shown_print = print;
    index_slice(core);
}

void set_now(Core& core, Now now) {
    core.now = now;
    core.state.mono_ms = now.mono_ms;
}

}  // namespace

Core::Core(World the_world) : world(the_world) {
    state.locale = &world.locale;
    state.ageing = &ageing;
}

struct App::Parts {
    explicit Parts(World world) : core(world), ui(world.measurer) {}
    Core core;
    ui::Ui ui;
};

App::App(World world) : parts_(std::make_unique<Parts>(world)) {}
App::~App() = default;

void App::handle(const Event& event, Now now) {
    Core& core = parts_->core;
    set_now(core, now);
    std::visit(Handler{core}, event);
    settle(core);
    run_timers(core);
    carry_effects(core);
}

bool App::wants_frame() const {
    return parts_->core.is_dirty;
}

const ui::Ui& App::frame(Viewport viewport, ui::Input input, Now now) {
    Core& core = parts_->core;
    ui::Ui& ui = parts_->ui;
    set_now(core, now);
    bool asked_heading = false;
    for (int pass = 0; pass < kPassesMax; ++pass) {
        const ui::FrameInfo info{.width = viewport.width,
                                 .height = viewport.height,
                                 .theme = views::theme_of(core.state),
                                 .lang = domain::name(core.state.lang),
                                 .prefs = core.state.device.ui,
                                 .words = views::ui_words(core.state.lang),
                                 .now_ms = now.mono_ms};
        core.ageing = {};
        views::Intents intents;
        ui.begin(info, input);
        draw_screen(ui, core.state, now.wall, intents);
        asked_heading = core.state.focus_heading;
        if (asked_heading) ui.focus_heading();
        ui.end();
        for (const a11y::Announcement& each : ui.take_announcements())
            core.say(each.text, each.urgency);
        const std::string link{ui.navigated()};
        if (!link.empty()) go(core, views::parse_route(link));
        for (const views::Intent& intent : intents)
            reduce(core, intent);
        if (link.empty() && intents.empty()) break;
        settle(core);
        input.actions.clear();
    }
    core.state.focus_heading = false;
    core.state.focus_summary = false;
    core.is_dirty = false;
    core.last_frame_ms = now.mono_ms;
    run_timers(core);
    carry_effects(core);
    return ui;
}

bool App::scrolled(float y) {
    parts_->ui.set_scroll(y);
    return parts_->ui.needs_rebuild_after_scroll();
}

std::vector<Effect> App::take_effects() {
    return std::exchange(parts_->core.effects, {});
}

std::int64_t App::next_wake_ms(Now now) const {
    const Core& core = parts_->core;
    std::int64_t next = -1;
    const auto consider = [&](std::int64_t at_ms) {
        if (at_ms < 0) return;
        const std::int64_t wait = std::max<std::int64_t>(0, at_ms - now.mono_ms);
        if (next < 0 || wait < next) next = wait;
    };
    if (wants_slice(core)) consider(now.mono_ms);
    consider(core.engine_wake_ms);
    consider(core.address_due_ms);
    consider(core.help.due_ms);
    for (const views::Toast& toast : core.state.toasts)
        consider(toast.until_ms);
    if (const std::int64_t wait = core.announcer.wait_ms(now.mono_ms); wait >= 0)
        consider(now.mono_ms + wait);
    for (const std::int64_t limit : {views::kPatienceMs, views::kSelfOutageMs}) {
        const std::int64_t at_ms = core.state.unreachable_since_ms + limit;
        if (core.state.unreachable_since_ms >= 0 && at_ms > core.state.mono_ms) consider(at_ms);
    }
    if (core.news_at)
        consider(now.mono_ms + std::max<std::int64_t>(0, (*core.news_at - now.wall).count() + 1));
    if (core.ageing.next)
        consider(now.mono_ms + std::max<std::int64_t>(0, (*core.ageing.next - now.wall).count()));
    if (const std::int64_t ui = parts_->ui.wake_ms(); ui >= 0) consider(core.last_frame_ms + ui);
    return next;
}

std::string_view App::theme_name() const {
    constexpr std::string_view kNames[] = {"light", "dark", "contrast"};
    return kNames[static_cast<int>(views::theme_of(parts_->core.state))];
}

std::string_view App::lang() const {
    return domain::name(parts_->core.state.lang);
}

}  // namespace ventanilla::app

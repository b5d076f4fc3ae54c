#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "shared/base/text_diff.hpp"
#include "shared/domain/blocks.hpp"
#include "shared/domain/help.hpp"
#include "shared/rules/personal_data.hpp"
#include "shared/rules/viewer.hpp"
#include "shared/search/index.hpp"
#include "shared/sync/client.hpp"
#include "wasm/ui/types.hpp"
#include "wasm/views/library.hpp"
#include "wasm/views/locale.hpp"
#include "wasm/views/route.hpp"
#include "wasm/views/say.hpp"

// Everything the portal knows at a moment. Models read it; app::reduce alone writes it. What is
// shared with other people is in the replica behind `client` and `library`, never copied here.

namespace ventanilla::views {

enum class SessionKind : std::uint8_t { Starting, SignedOut, SignedIn };

struct Session {
    SessionKind kind = SessionKind::Starting;
    sync::SessionInfo info;  // when signed in
    bool is_over = false;    // the server wants a password again; work goes on here meanwhile
};

enum class ThemeChoice : std::uint8_t { System, Light, Dark, Contrast };

// What the device wishes (ports.hpp, DevicePrefs).
struct Device {
    bool dark = false;
    bool more_contrast = false;
    ui::Prefs ui;  // motion, pointer, text size, kiosk, unclipped
};

struct SignInForm {
    std::string login = {};
    std::string password = {};
    bool is_busy = false;
    std::optional<K> problem = {};
};

// How far a draft has got on its way to the disk.
struct Saving {
    std::int64_t edited_ms = -1;           // monotonic, the last edit not yet committed; -1: all is
    bool is_handed_over = true;            // the engine has the newest text
    std::optional<Instant> saved_at = {};  // when the bytes were committed
    bool is_failed = false;                // the last commit was not durable: kept in this tab only

    [[nodiscard]] bool is_dirty() const { return edited_ms >= 0; }
};

struct FieldProblem {
    std::string field = {};  // "red", or "equipo.0.modelo" in a section that repeats
    std::string text = {};   // what to do, in the person's language
};

// What was opened of the list beside a form.
struct HelpOpened {
    domain::HelpKind kind = domain::HelpKind::Article;
    Id target = {};
    std::string title = {};
    bool is_told = false;  // that it was opened; how it ended may still be told
};

// A form somebody is filling in.
struct FormState {
    Id draft = {};  // the file it is saved to
    Json answers = Json::object();
    Saving saving = {};
    std::vector<FieldProblem> problems =
        {};  // of the last try to send; a field's goes when it is edited
    bool was_tried = false;
    Id editing = {};  // nil, or the unsent command this replaces
    Id outage = {};   // nil, or what it is linked to
    std::optional<sync::Submitted> sent = {};
    std::optional<K> failed = {};  // it could not be queued, and why
    search::Results similar = {};  // what may solve it already, for what was written so far
    std::vector<HelpOpened> opened = {};      // of that, each once
    std::optional<HelpOpened> solved = {};    // "this solved it"; what was written stays
};

// A text somebody is writing under a request: answer, comment, notes. One for each request and
// purpose.
struct ReplyState {
    Id draft = {};
    std::string text = {};
    Saving saving = {};
    bool is_empty_refused = false;
};
using ReplyKey = std::pair<Id, std::string>;  // request, step ("answer", "comment", "resolve" …)

struct SearchState {
    std::string query = {};   // in the home field or on the results page
    search::Results results;  // for `query`
    bool is_ready = false;    // the index holds everything there is
};

// What somebody is writing about an outage: a new one, or one there is.
struct OutageForm {
    std::map<std::string, std::string, std::less<>> texts = {};  // by field key
    std::map<std::string, std::string> filled = {};  // what a template wrote, by field key
    std::vector<std::string> services = {};          // ids
    std::vector<std::string> sites = {};             // ids; empty: everybody
    std::vector<FieldProblem> problems = {};
    Id seen = {};  // the newest update there was when writing began; nil: nothing is written
    Saving saving = {};
    Id draft = {};

    [[nodiscard]] std::string text(std::string_view key) const;  // trimmed; empty when not there
};

// The Markdown of what a row says, made when a page needs it: articles are stored as blocks.
struct SourceKey {
    Id row = {};
    std::uint64_t ver = 0;
    Lang lang = Lang::Es;

    friend bool operator==(const SourceKey&, const SourceKey&) = default;
    friend bool operator<(const SourceKey& a, const SourceKey& b) {
        return std::tie(a.row, a.ver, a.lang) < std::tie(b.row, b.ver, b.lang);
    }
};
// What is different between two versions, worked out when their texts are there. Lines point into the texts.
struct ReviewDiff {
    struct Text {
        Lang lang = Lang::Es;
        std::string before = {};
        std::string after = {};
        std::vector<DiffLine> lines = {};
    };
    std::vector<SourceKey> of = {};
    std::array<Text, 2> texts = {};  // by Lang
};
struct Source {
    std::string markdown = {};
    bool is_here = false;
    bool is_failed = false;
};

// One language of an article somebody is writing.
struct WrittenText {
    std::string title = {};
    std::string summary = {};
    std::string keywords = {};
    std::string markdown = {};
    bool is_touched = false;  // differs from what was published
    // What `read`, the Markdown as it was a moment ago, says; the newest is on its way while they
    // differ.
    std::string read = {};
    domain::Blocks blocks = {};
    std::vector<std::pair<int, std::string>> issues =
        {};  // line and what could not be carried over
    std::vector<rules::PersonalData> personal = {};  // in `read`

    [[nodiscard]] bool is_empty() const { return title.empty() && markdown.empty(); }
};

// An article somebody is writing: a new one, or the next version of one there is.
struct WritingState {
    Id draft = {};
    Id article = {};                        // nil: a new one
    Id version = {};                        // nil, or the own proposal that is mended
    int base = 0;                           // the version it was begun on
    std::array<WrittenText, 2> texts = {};  // by Lang
    Lang lang = Lang::Es;                   // the one on the screen
    std::string owner = {};
    std::string review_by = {};  // "2027-05-27"
    std::string valid_to = {};
    std::string change = {};
    bool is_internal = false;
    bool is_form_only = false;  // translations stay up to date
    std::vector<std::string> items = {};  // keys of what it shall be offered beside; of a new one
    std::vector<std::string> names = {};  // of the people the request it was begun from is about
    Json returned = {};       // arguments of a proposal that was not accepted, to begin with
    Id returned_cmd = {};     // nil: none
    bool is_begun = false;    // the texts are there: until then nothing can be typed
    bool is_reading = false;  // the Markdown is being read
    bool is_unread = false;   // what reads Markdown could not be loaded
    bool wants_send = false;  // as soon as the newest text has been read
    std::vector<FieldProblem> problems = {};  // of the last try to send
    Saving saving = {};

    [[nodiscard]] WrittenText& text() { return texts[static_cast<std::size_t>(lang)]; }
    [[nodiscard]] const WrittenText& text() const { return texts[static_cast<std::size_t>(lang)]; }
};

enum class DialogKind : std::uint8_t {
    None,
    DiscardUnsent,
    DiscardDraft,
    CancelRequest,
    SignOut,
    ResolveOutage,
    DiscardOutage,
    DiscardWriting
};
struct Dialog {
    DialogKind kind = DialogKind::None;
    Id id = {};            // the command, request or outage it is about
    std::string key = {};  // the form
};

struct Toast {
    std::string text = {};
    ui::Tone tone = ui::Tone::Neutral;
    Id undo = {};  // nil, or the discarded command that "Undo" brings back
    std::int64_t until_ms = 0;
};

struct StorageFacts {
    std::int64_t used_bytes = 0;
    std::int64_t quota_bytes = 0;
    std::optional<bool> is_persisted = {};
};

struct AppState {
    Session session;
    Route route;
    std::vector<Route> trail = {};  // where the person came from, newest last; short
    Lang lang = Lang::Es;
    ThemeChoice theme = ThemeChoice::System;
    Device device;
    const Locale* locale = nullptr;
    Ageing* ageing = nullptr;  // the app's; see Say
    sync::Client* client = nullptr;
    Library library;

    SignInForm sign_in;
    SearchState search;
    std::map<std::string, FormState, std::less<>> forms = {};  // by item key
    std::map<ReplyKey, ReplyState> replies = {};
    std::map<std::string, OutageForm, std::less<>> outage_forms =
        {};  // by the route's key; a new one: ""
    std::map<std::string, WritingState, std::less<>> writings =
        {};  // by the route's key; a new one: ""
    std::map<SourceKey, Source> sources = {};
    std::shared_ptr<const ReviewDiff> review_diff = {};  // of the last review that was opened
    std::string queue_filter = {};

    std::set<std::pair<Id, int>> dismissed = {};  // outage and its news (status/banner.hpp)
    std::optional<Dialog> dialog = {};
    std::vector<Toast> toasts = {};
    StorageFacts storage;
    bool is_update_waiting = false;
    bool was_storage_opened = false;
    bool is_storage_available = true;
    bool is_leader = true;
    std::int64_t unreachable_since_ms = -1;  // monotonic; -1: the server answers
    std::int64_t mono_ms = 0;

    // Wishes for the next frame only.
    bool focus_heading = false;  // after navigation
    bool focus_summary = false;  // a form could not be sent
};

Say say_for(const AppState& state, Instant now);
ui::ThemeName theme_of(const AppState& state);

inline constexpr std::int64_t kPatienceMs = 5'000;     // then a first fetch is said to be stuck
inline constexpr std::int64_t kSelfOutageMs = 30'000;  // features.md, self-outage

// The server has not answered for so long that the desk itself may be down.
bool is_self_outage(const AppState& state);

inline bool is_signed_in(const AppState& state) {
    return state.session.kind == SessionKind::SignedIn;
}
rules::Viewer viewer_of(const AppState& state);
bool is_agent(const AppState& state);
bool may_publish_outages(const AppState& state);
inline const Id& me(const AppState& state) {
    return state.session.info.user;
}

// Nothing can be said yet: the first pull has not ended, or the store is still being read.
bool is_loading(const AppState& state);

// No answer is to be expected: the device is offline, or the server has been silent for a while.
bool is_cut_off(const AppState& state);

// Nothing has ever been fetched to this device, and it cannot be fetched now.
bool is_without_data(const AppState& state);

}  // namespace ventanilla::views

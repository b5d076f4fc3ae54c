#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "wasm/app/app.hpp"
#include "wasm/app/indexer.hpp"
#include "wasm/views/intents.hpp"

// The inside of the App, shared by its files: state, engine, and what is on its way. Each file
// changes what it is named for; nothing outside wasm/app sees this.

namespace ventanilla::app {

using views::AppState;

enum class HttpUse : std::uint8_t { Sync, SignIn, WhoAmI, SignOut };
struct InFlight {
    HttpUse use = HttpUse::Sync;
    std::uint64_t tag = 0;  // of the engine
};

// A commit under way, and what to tell when it is done.
struct Committing {
    std::uint64_t id = 0;    // of the engine
    sync::Commit what = {};  // kept for the other tabs
    std::vector<Id> drafts = {};
    std::int64_t issued_ms = 0;
};

// What a piece of Markdown is for: the source of a row, or the preview of what is being written.
struct MarkdownJob {
    std::optional<views::SourceKey> source = {};
    std::string number = {};  // of the article that is written
    views::Lang lang = views::Lang::Es;
    std::string text = {};  // as it was sent
};

// What came of looking for help, until it is told (help.cpp). Times are monotonic.
struct HelpLog {
    std::vector<std::pair<std::int64_t, Json>> sought = {};
    std::vector<std::pair<std::int64_t, Json>> searches = {};
    std::set<std::pair<Id, bool>> noted = {};  // searches of this life, and whether something was opened
    std::int64_t due_ms = -1;                  // -1: nothing waits
    std::int64_t typed_ms = -1;                // when the query became what it is
};

struct Core {
    Core(World the_world);

    World world;
    AppState state;
    std::unique_ptr<sync::Client> client;
    Indexer indexer;
    a11y::Announcer announcer;
    std::vector<Effect> effects = {};
    Now now;

    // Boot and session.
    std::string boot = {};
    std::string build = {};
    Id device = {};
    std::string scope = {};  // of the store that is open or being opened
    bool is_kiosk = false;
    bool is_lang_chosen = false;       // on this device, over what browser and account say
    std::int64_t address_due_ms = -1;  // monotonic: when the address bar follows what is typed

    // Traffic.
    std::map<std::uint64_t, InFlight> requests = {};
    std::map<std::uint64_t, Committing> commits = {};
    std::uint64_t next_http = 1;
    std::uint64_t next_ticket = 1;
    std::int64_t engine_wake_ms = -1;  // monotonic
    HelpLog help = {};
    std::map<std::uint64_t, MarkdownJob> markdown_jobs = {};
    std::uint64_t next_markdown = 1;

    // What was shown, to see whether a frame is wanted and what must be announced.
    std::uint64_t shown_print = 0;
    bool is_dirty = true;
    std::int64_t last_frame_ms = 0;
    views::Ageing ageing = {};             // of what the last frame said
    std::map<Id, int> known_banners = {};  // outage and its news
    std::set<std::pair<Id, bool>> known_reminders = {};  // outage, and whether it is late
    std::set<Id> known_asks = {};  // outages of which somebody is asked whether it works again
    bool has_seen_banners = false;
    std::optional<Instant> news_at = {};  // when the next estimate is missed
    bool is_guarding = false;
    bool wants_update = false;

    // Every request names the device: the server takes a session from no other (security.md 7).
    void effect(Effect each) {
        if (auto* request = std::get_if<HttpRequest>(&each))
            request->headers["x-device"] = to_text(device);
        effects.push_back(std::move(each));
    }
    void say(std::string_view text, a11y::Urgency urgency = a11y::Urgency::Polite) {
        announcer.say(text, urgency);
    }
    [[nodiscard]] views::Say words() const { return views::say_for(state, now.wall); }
    [[nodiscard]] sync::Now engine_now() const { return {now.wall, Millis{now.mono_ms}}; }
};

// ---- session.cpp: who is here, and whose store is open
void start(Core& core, const Booted& booted);
void store_opened(Core& core, const StoreOpened& opened);
void sign_in(Core& core);
void sign_out(Core& core);
void who_am_i(Core& core);
void session_reply(Core& core, HttpUse use, const HttpReply& reply);
void reopen_store(Core& core);

// ---- bridge.cpp: between the engine and the world
void carry_effects(Core& core);  // moves the engine's effects out
void commit_done(Core& core, const CommitDone& done);
void http_reply(Core& core, const HttpReply& reply);
void peer_message(Core& core, const PeerMessage& message);

// ---- drafts.cpp: what is being typed
void touch(Core& core, views::Saving& saving);
void hand_over_drafts(Core& core);  // the engine saves them after a second of rest
void drafts_committed(Core& core, const Committing& committed, bool is_durable);
void restore_drafts(Core& core);
void forget_draft(Core& core, const Id& draft);
[[nodiscard]] bool has_dirty_drafts(Core& core);
views::FormState& form_of(Core& core, const std::string& item);
views::ReplyState& reply_of(Core& core, const views::ReplyKey& key);

// ---- navigate.cpp: where somebody is
void go(Core& core, const views::Route& route, History history = History::Push);
void url_changed(Core& core, const std::string& url);
void search_for(Core& core, std::string query);
void typed_query(Core& core,
                 std::string query);  // of the search field; the address follows at rest
void settle_address(Core& core);
void follow_former_address(Core& core);  // from where an article was to where it is

// ---- reduce.cpp: the only writer of what a person changes
void reduce(Core& core, const views::Intent& intent);

// ---- work.cpp: what a person does with shared things
void submit_form(Core& core, const std::string& item);
void act(Core& core, const views::Act& act);
void edit_unsent(Core& core, const Id& cmd);
void copy_unsent(Core& core, const Id& cmd);
// Sends a command that needs no form; gives what it is about. Nothing when it was refused: then it
// has been said why.
std::optional<domain::RowRef> send(Core& core, std::string_view type, Json args);
void toast(Core& core, std::string text, ui::Tone tone = ui::Tone::Neutral, Id undo = {});

// ---- outages.cpp: what is said about outages
views::OutageForm& outage_form_of(Core& core, const std::string& key);  // of the route; a new one: ""
void edit_outage(Core& core, const views::EditOutage& edit);
void choose_services(Core& core, const std::vector<std::string>& services);
void choose_sites(Core& core, const std::vector<std::string>& sites);
void publish_outage(Core& core);
void publish_burst(Core& core, const rules::Burst& burst);  // begins to write about it
void reject_burst(Core& core, const rules::Burst& burst);
void read_outage(Core& core);  // what somebody else said meanwhile
void discard_outage(Core& core);
void outage_again(Core& core, const Id& cmd, const commands::Command& command);  // not accepted
void announce_banners(Core& core);   // what is new of them
void announce_reminders(Core& core);  // of what a spokesperson promised
// ---- help.cpp: what came of looking for help, noted for those who write the articles
void look_for_similar(Core& core, const std::string& item);  // to what was typed so far
void help_moved(Core& core, const views::Route& from, const views::Route& to);
void help_over(Core& core, const std::string& item, domain::HelpEnd end);
void solved_by(Core& core, const std::string& item, const Id& target);
void not_solved(Core& core, const std::string& item);
void query_replaced(Core& core, std::string_view next);  // before it is
void tell_help(Core& core);                              // all that waits, as one command
void help_leaving(Core& core);  // the page may never be shown again

// ---- writing.cpp: articles on their way to be published
views::WritingState& writing_named(Core& core, const std::string& number);  // "": a new one
void follow_writing(
    Core& core);  // asks for what the page lacks: texts as Markdown, Markdown as blocks
void markdown_done(Core& core, const MarkdownDone& done);
void edit_writing(Core& core, const views::EditWriting& edit);
void write_in(Core& core, views::Lang lang);
void set_internal(Core& core, bool is_internal);
void set_form_only(Core& core, bool is_form_only);
void take_new_base(Core& core);
void propose(Core& core);
void discard_writing(Core& core);
void write_again(Core& core, const Id& cmd, const Json& args);  // what was not accepted
void note_again(Core& core, const Id& cmd, const Json& args);
void publish_version(Core& core, const Id& version);
void suggest_edits(Core& core, const Id& version);
void recall_version(Core& core, const Id& version);

}  // namespace ventanilla::app

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "shared/base/time.hpp"
#include "shared/sync/local_store.hpp"
#include "wasm/a11y/announce.hpp"
#include "wasm/views/locale.hpp"

// What passes between the portal and the world. Events come in, effects go out, both are plain
// values: the platform (wasm/platform) moves them and decides nothing; tests and the simulator do
// the same without a browser. Bytes of files and bodies are UTF-8 JSON or binary.

namespace ventanilla::app {

// Read by the platform with every event: the device's clock, and one that only runs forward.
struct Now {
    Instant wall;
    std::int64_t mono_ms = 0;  // performance.now(), whole milliseconds
};

struct File {
    std::string path = {};  // relative to the mount: "outbox/9f…", "meta/manifest"
    std::string bytes = {};
};

// ---- events
// ----------------------------------------------------------------------------------------------

// Once, first. `prefs` is what SavePref kept on this device (localStorage): language, theme,
// session.
struct Booted {
    std::string url = {};     // path and query, "/buscar?q=vpn"
    std::string locale = {};  // navigator.language
    std::string boot = {};    // random, 32 hex digits: id of this page's life
    std::string build = {};   // build id of the running bundle
    std::map<std::string, std::string> prefs = {};
    bool is_online = true;
    bool is_visible = true;
};

// What the device wishes; at boot and whenever it changes.
struct DevicePrefs {
    bool dark = false;
    bool more_contrast = false;
    bool reduced_motion = false;
    bool coarse_pointer = false;
    float root_font_px = 16;
    bool unclipped = false;  // print or DOM mode: lists are emitted whole
};

// Answer to OpenStore. `files` is everything in the scope's store; their bytes are only there while
// the event is handled.
struct StoreOpened {
    std::string scope = {};
    bool is_available = true;  // false: storage is denied or broken; work goes on in memory
    bool is_new = false;       // there was no database before
    bool is_leader = false;
    std::uint64_t generation = 0;  // claimed when leader
    sync::Files files = {};
};

enum class CommitResult : std::uint8_t {
    Durable,  // the transaction fired `complete`
    Fenced,   // another tab has claimed the store: this one must follow
    Quota,    // no room
    Lost,     // the connection could not be restored
};
struct CommitDone {
    std::uint64_t ticket = 0;
    CommitResult result = CommitResult::Durable;
};

struct HttpReply {
    std::uint64_t id = 0;
    int status = 0;                                   // 0: no answer (network, abort, timeout)
    std::map<std::string, std::string> headers = {};  // names in lower case
    std::string body = {};
};

struct LiveOpened {};
struct LiveMessage {
    std::string event = {};  // "head"; comments and heartbeats arrive with an empty name
    std::string data = {};
};
struct LiveClosed {};

struct Tick {};  // next_wake_ms() has come
struct UrlChanged {
    std::string url;
};  // popstate: Back, Forward
struct VisibilityChanged {
    bool is_visible = true;
};
// The page is about to go, by a link, a reload or a closed tab: the last moment to write.
struct Leaving {};
struct OnlineChanged {
    bool is_online = true;
};
struct LeaderChanged {
    bool leads = false;
    std::uint64_t generation = 0;  // the newly claimed one when it leads
};
struct PeerMessage {
    std::string payload;
};  // from another tab of this scope
struct UpdateAvailable {
    std::string build;
};  // a service worker waits with it
struct TextCopied {
    bool is_done = true;
};
struct PersistAnswered {
    bool is_granted = false;
};
struct StorageEstimated {
    std::int64_t used_bytes = 0;
    std::int64_t quota_bytes = 0;
};

// Answer to MarkdownWish. Reading gives {"blocks", "issues": [{"kind", "line", "what"}]}, writing gives Markdown.
struct MarkdownDone {
    std::uint64_t id = 0;
    bool is_done = true;  // false: what reads Markdown could not be loaded
    std::string text = {};
};

using Event = std::variant<Booted,
                           DevicePrefs,
                           StoreOpened,
                           CommitDone,
                           HttpReply,
                           LiveOpened,
                           LiveMessage,
                           LiveClosed,
                           Tick,
                           UrlChanged,
                           VisibilityChanged,
                           Leaving,
                           OnlineChanged,
                           LeaderChanged,
                           PeerMessage,
                           UpdateAvailable,
                           TextCopied,
                           PersistAnswered,
                           StorageEstimated,
                           MarkdownDone>;

// ---- effects
// ---------------------------------------------------------------------------------------------

// Mounts the store of one person's data and asks to lead it. Answered by StoreOpened.
struct OpenStore {
    std::string scope;
};
// Lets go of lock and connection; with `wipe` the database is deleted (sign-out).
struct CloseStore {
    std::string scope = {};
    bool wipe = false;
};

enum class WriteClass : std::uint8_t {
    A,
    B,
    C
};  // sync.md 2.9: strict and now; relaxed; relaxed, idle
// One transaction. Answered by CommitDone with the same ticket.
struct Commit {
    std::uint64_t ticket = 0;
    WriteClass write_class = WriteClass::A;
    bool is_fenced = true;  // false: outbox puts, unique keys, safe from any tab
    std::vector<File> puts = {};
    std::vector<std::string> removes = {};
};

// Answered by exactly one HttpReply with the same id. The platform adds the CSRF header and the
// cookie.
struct HttpRequest {
    std::uint64_t id = 0;
    std::string method = "GET";
    std::string url = {};
    std::map<std::string, std::string> headers = {};
    std::string body = {};
    std::int64_t timeout_ms = 30'000;
};
struct CancelHttp {
    std::uint64_t id = 0;
};

struct OpenLive {
    std::string url;
};  // EventSource
struct CloseLive {};

enum class History : std::uint8_t { Push, Replace };
// Writes the address bar. Push also scrolls to the top and remembers where the page left was
// scrolled to.
struct Navigate {
    std::string url = {};
    History history = History::Push;
};
struct Announce {
    a11y::Announcement message;
};  // into its live region: clear, then append
struct SavePref {
    std::string key = {};
    std::string value = {};  // empty: remove
};
struct GuardUnload {
    bool is_on = false;
};                          // ask before the tab closes: something is kept in it only
struct RequestPersist {};   // navigator.storage.persist(); answered by PersistAnswered
struct EstimateStorage {};  // answered by StorageEstimated
struct ApplyUpdate {};      // tell the waiting service worker to take over, then reload
struct CopyText {
    std::string text;
};                 // answered by TextCopied
struct SaveFile {  // a download
    std::string name = {};
    std::string type = {};
    std::string bytes = {};
};
struct TakeLead {};  // "Use here"
struct PostPeer {
    std::string payload;
};  // to the other tabs of this scope
struct Reload {};
// Markdown to blocks, or `text` as blocks to Markdown when writing. Answered by exactly one MarkdownDone.
struct MarkdownWish {
    std::uint64_t id = 0;
    bool is_writing = false;
    std::string text = {};
};

using Effect = std::variant<OpenStore,
                            CloseStore,
                            Commit,
                            HttpRequest,
                            CancelHttp,
                            OpenLive,
                            CloseLive,
                            Navigate,
                            Announce,
                            SavePref,
                            GuardUnload,
                            RequestPersist,
                            EstimateStorage,
                            ApplyUpdate,
                            CopyText,
                            SaveFile,
                            TakeLead,
                            PostPeer,
                            Reload,
                            MarkdownWish>;

}  // namespace ventanilla::app

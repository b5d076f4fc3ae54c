#pragma once

#include <cstdint>

// The codes and layouts that C++ and wasm/platform/js share. What stands here stands there too
// (inbox.js, effects.js); tests/browser/platform/codes.mjs compares them.

namespace ventanilla::platform {

// One thing that happened. 32 bytes; what the letters mean depends on the kind (events.cpp).
struct Record {
    std::uint32_t kind = 0;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
    double number = 0;
    std::uint32_t address = 0;  // of the payload, to be freed; 0: none
    std::uint32_t size = 0;
};
static_assert(sizeof(Record) == 32);

enum class Heard : std::uint32_t {
    Action = 1,
    Hover = 2,
    Press = 3,
    Scroll = 4,
    Resize = 5,
    Prefs = 6,
    ContextLost = 7,
    ContextRestored = 8,
    Url = 9,
    HttpReply = 10,
    LiveOpened = 11,
    LiveMessage = 12,
    LiveClosed = 13,
    Online = 14,
    Visible = 15,
    Tick = 16,
    StoreOpened = 17,
    Committed = 18,
    Lead = 19,
    Peer = 20,
    Update = 21,
    Fonts = 22,
    Copied = 23,
    Persisted = 24,
    Estimated = 25,
    Redraw = 26,
    Booted = 27,
    Leaving = 28,
    Markdown = 29,
};

enum class Wish : std::uint32_t {
    OpenStore = 1,
    CloseStore = 2,
    Commit = 3,
    HttpRequest = 4,
    CancelHttp = 5,
    OpenLive = 6,
    CloseLive = 7,
    Navigate = 8,
    Announce = 9,
    SavePref = 10,
    GuardUnload = 11,
    RequestPersist = 12,
    EstimateStorage = 13,
    ApplyUpdate = 14,
    CopyText = 15,
    SaveFile = 16,
    TakeLead = 17,
    PostPeer = 18,
    Reload = 19,
    Markdown = 20,
};

}  // namespace ventanilla::platform

#include "wasm/platform/events.hpp"

#include "shared/base/text.hpp"
#include "wasm/platform/block.hpp"
#include "wasm/platform/random.hpp"

namespace ventanilla::platform {
namespace {

app::Event booted(Payload in) {
    BrowserRandom random;
    app::Booted event;
    event.url = in.text();
    event.locale = in.text();
    event.boot = to_text(random_id(random));
    event.build = in.text();
    event.is_online = in.word() != 0;
    event.is_visible = in.word() != 0;
    for (auto left = in.word(); left > 0; --left) {
        std::string key = in.text();
        event.prefs[std::move(key)] = in.text();
    }
    return event;
}

app::Event prefs(const Record& record) {
    const auto has = [&](std::uint32_t bit) { return (record.a & bit) != 0; };
    return app::DevicePrefs{.dark = has(1),
                            .more_contrast = has(2),
                            .reduced_motion = has(4),
                            .coarse_pointer = has(8),
                            .root_font_px = static_cast<float>(record.number),
                            .unclipped = has(16)};
}

app::Event opened(const Record& record, Payload in) {
    app::StoreOpened event;
    event.scope = in.text();
    event.is_available = in.word() != 0;
    event.is_new = in.word() != 0;
    event.is_leader = in.word() != 0;
    event.generation = static_cast<std::uint64_t>(record.number);
    for (auto left = in.word(); left > 0; --left) {
        std::string path = in.text();
        in.word();  // damaged: the bytes are empty then, which no checksum accepts
        event.files[std::move(path)] = in.view();
    }
    return event;
}

app::Event replied(const Record& record, Payload in) {
    app::HttpReply event;
    event.id = static_cast<std::uint64_t>(record.number);
    event.status = static_cast<int>(record.a);
    for (auto left = in.word(); left > 0; --left) {
        std::string name = in.text();
        event.headers[std::move(name)] = in.text();
    }
    event.body = in.text();
    return event;
}

app::Event live_message(Payload in) {
    app::LiveMessage event;
    event.event = in.text();
    event.data = in.text();
    return event;
}

app::Event estimated(const Record& record, std::string_view payload) {
    app::StorageEstimated event;
    event.used_bytes = static_cast<std::int64_t>(record.number);
    for (const char digit : payload)
        if (digit >= '0' && digit <= '9')
            event.quota_bytes = event.quota_bytes * 10 + (digit - '0');
    return event;
}

}  // namespace

a11y::Action action_of(const Record& record, std::string_view payload) {
    return {.node = record.a,
            .kind = static_cast<a11y::Action::Kind>(record.b),
            .number = static_cast<std::int32_t>(record.c),
            .text = std::string(payload)};
}

std::optional<app::Event> event_of(const Record& record, std::string_view payload) {
    const bool yes = record.a != 0;
    switch (static_cast<Heard>(record.kind)) {
        case Heard::Booted: return booted(Payload(payload));
        case Heard::Prefs: return prefs(record);
        case Heard::Url: return app::UrlChanged{std::string(payload)};
        case Heard::HttpReply: return replied(record, Payload(payload));
        case Heard::LiveOpened: return app::LiveOpened{};
        case Heard::LiveMessage: return live_message(Payload(payload));
        case Heard::LiveClosed: return app::LiveClosed{};
        case Heard::Online: return app::OnlineChanged{yes};
        case Heard::Visible: return app::VisibilityChanged{yes};
        case Heard::Leaving: return app::Leaving{};
        case Heard::Tick: return app::Tick{};
        case Heard::StoreOpened: return opened(record, Payload(payload));
        case Heard::Committed:
            return app::CommitDone{.ticket = static_cast<std::uint64_t>(record.number),
                                   .result = static_cast<app::CommitResult>(record.a)};
        case Heard::Lead:
            return app::LeaderChanged{.leads = yes,
                                      .generation = static_cast<std::uint64_t>(record.number)};
        case Heard::Peer: return app::PeerMessage{std::string(payload)};
        case Heard::Update: return app::UpdateAvailable{std::string(payload)};
        case Heard::Copied: return app::TextCopied{yes};
        case Heard::Persisted: return app::PersistAnswered{yes};
        case Heard::Markdown:
            return app::MarkdownDone{.id = static_cast<std::uint64_t>(record.number),
                                     .is_done = yes,
                                     .text = std::string(payload)};
        case Heard::Estimated: return estimated(record, payload);
        default: return std::nullopt;
    }
}

}  // namespace ventanilla::platform

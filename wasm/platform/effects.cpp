#include "wasm/platform/effects.hpp"

#include "wasm/platform/wire.hpp"

// One function an effect. The order of the fields is the order in which effects.js reads them.

namespace ventanilla::platform {
namespace {

struct Encoder {
    Block& out;

    void wish(Wish code) const { out.word(static_cast<std::uint32_t>(code)); }

    void operator()(const app::OpenStore& effect) const {
        wish(Wish::OpenStore);
        out.text(effect.scope);
    }
    void operator()(const app::CloseStore& effect) const {
        wish(Wish::CloseStore);
        out.word(effect.wipe ? 1 : 0);
    }
    void operator()(const app::Commit& effect) const {
        wish(Wish::Commit);
        out.long_word(effect.ticket);
        out.word(static_cast<std::uint32_t>(effect.write_class));
        out.word(effect.is_fenced ? 1 : 0);
        out.word(static_cast<std::uint32_t>(effect.puts.size()));
        for (const app::File& file : effect.puts) {
            out.text(file.path);
            out.text(file.bytes);
        }
        out.word(static_cast<std::uint32_t>(effect.removes.size()));
        for (const std::string& path : effect.removes)
            out.text(path);
    }
    void operator()(const app::HttpRequest& effect) const {
        wish(Wish::HttpRequest);
        out.long_word(effect.id);
        out.word(static_cast<std::uint32_t>(effect.timeout_ms));
        out.text(effect.method);
        out.text(effect.url);
        out.word(static_cast<std::uint32_t>(effect.headers.size()));
        for (const auto& [name, value] : effect.headers) {
            out.text(name);
            out.text(value);
        }
        out.text(effect.body);
    }
    void operator()(const app::CancelHttp& effect) const {
        wish(Wish::CancelHttp);
        out.long_word(effect.id);
    }
    void operator()(const app::OpenLive& effect) const {
        wish(Wish::OpenLive);
        out.text(effect.url);
    }
    void operator()(const app::CloseLive&) const { wish(Wish::CloseLive); }
    void operator()(const app::Navigate& effect) const {
        wish(Wish::Navigate);
        out.text(effect.url);
        out.word(effect.history == app::History::Replace ? 1 : 0);
    }
    void operator()(const app::Announce& effect) const {
        wish(Wish::Announce);
        out.word(effect.message.urgency == a11y::Urgency::Assertive ? 1 : 0);
        out.text(effect.message.text);
    }
    void operator()(const app::SavePref& effect) const {
        wish(Wish::SavePref);
        out.text(effect.key);
        out.text(effect.value);
    }
    void operator()(const app::GuardUnload& effect) const {
        wish(Wish::GuardUnload);
        out.word(effect.is_on ? 1 : 0);
    }
    void operator()(const app::RequestPersist&) const { wish(Wish::RequestPersist); }
    void operator()(const app::EstimateStorage&) const { wish(Wish::EstimateStorage); }
    void operator()(const app::ApplyUpdate&) const { wish(Wish::ApplyUpdate); }
    void operator()(const app::CopyText& effect) const {
        wish(Wish::CopyText);
        out.text(effect.text);
    }
    void operator()(const app::SaveFile& effect) const {
        wish(Wish::SaveFile);
        out.text(effect.name);
        out.text(effect.type);
        out.text(effect.bytes);
    }
    void operator()(const app::TakeLead&) const { wish(Wish::TakeLead); }
    void operator()(const app::PostPeer& effect) const {
        wish(Wish::PostPeer);
        out.text(effect.payload);
    }
    void operator()(const app::MarkdownWish& effect) const {
        wish(Wish::Markdown);
        out.long_word(effect.id);
        out.word(effect.is_writing ? 1 : 0);
        out.text(effect.text);
    }
    void operator()(const app::Reload&) const { wish(Wish::Reload); }
};

}  // namespace

Block encode(const std::vector<app::Effect>& effects) {
    Block block;
    for (const app::Effect& effect : effects)
        std::visit(Encoder{block}, effect);
    return block;
}

}  // namespace ventanilla::platform

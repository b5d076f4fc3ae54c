#include "wasm/platform/portal.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "wasm/a11y/diff.hpp"
#include "wasm/platform/effects.hpp"
#include "wasm/platform/events.hpp"
#include "wasm/platform/imports.hpp"

namespace ventanilla::platform {
namespace {

app::Now now() {
    return {.wall = from_ms(static_cast<std::int64_t>(pf_wall())),
            .mono_ms = static_cast<std::int64_t>(pf_now())};
}

bool is_leaving(const Record& record) {
    const auto kind = static_cast<Heard>(record.kind);
    return kind == Heard::Leaving || (kind == Heard::Visible && record.a == 0);
}

}  // namespace

Portal::Portal()
    : surface_(glyphs_),
      app_({.random = random_, .locale = locale_, .measurer = surface_.measurer()}) {}

bool Portal::turn(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i)
        take(records_[i]);
    settle();
    return wants_build_ || wants_paint_ || app_.wants_frame();
}

void Portal::take(const Record& record) {
    // What was typed is with its field until a frame reads it: before the page goes, one does.
    if (is_leaving(record) && wants_build_ && ui_ != nullptr) build();
    const auto* block = reinterpret_cast<const char*>(static_cast<std::uintptr_t>(record.address));
    const std::string_view payload(block, record.size);
    if (const auto event = event_of(record, payload)) {
        app_.handle(*event, now());
    } else {
        take_surface(record, payload);
    }
    std::free(const_cast<char*>(block));  // allocated for us by inbox.js
}

void Portal::take_surface(const Record& record, std::string_view payload) {
    wants_paint_ = true;
    switch (static_cast<Heard>(record.kind)) {
        case Heard::Scroll: take_scroll(record); return;
        case Heard::Hover: input_.hover = record.a; return;  // seen by painting only, as Press
        case Heard::Press: input_.pressed = record.a; return;
        case Heard::ContextRestored: return start_surface();
        case Heard::Redraw: return;
        default: wants_build_ = true;
    }
    switch (static_cast<Heard>(record.kind)) {
        case Heard::Action: take_action(record, payload); break;
        case Heard::Resize:
            viewport_ = {.width = static_cast<float>(record.a) / 256,
                         .height = static_cast<float>(record.b) / 256};
            surface_.resize(viewport_.width, viewport_.height, static_cast<float>(record.number));
            break;
        case Heard::ContextLost:
            surface_.lose();
            is_surface_started_ = false;
            break;
        case Heard::Fonts: surface_.fonts_changed(); break;
        default: break;
    }
}

// Scrolling only moves the picture; a list that shows other rows then says so itself.
void Portal::take_scroll(const Record& record) {
    const auto y = static_cast<float>(record.number);
    if (record.a == a11y::kNoNode) {
        scroll_y_ = y;
        pace_.scrolled(now().mono_ms);
        return;
    }
    std::erase_if(input_.scrolls, [&](const auto& each) { return each.node == record.a; });
    if (y != 0) input_.scrolls.push_back({.node = record.a, .y = y});
}

void Portal::take_action(const Record& record, std::string_view payload) {
    a11y::Action action = action_of(record, payload);
    if (action.kind == a11y::Action::Focus) {
        input_.focused = action.node;
        input_.focus_visible = action.number != 0;
    } else if (action.kind == a11y::Action::Blur && input_.focused == action.node) {
        input_.focused = a11y::kNoNode;
        input_.focus_visible = false;
    }
    input_.actions.push_back(std::move(action));
}

double Portal::paint() {
    wants_paint_ = false;
    const bool has_news = wants_build_ || app_.wants_frame() || ui_ == nullptr;
    if (app_.scrolled(scroll_y_) || has_news) build();
    if (!is_meaning_shown_ && (has_news || pace_.wait_ms(now().mono_ms) == 0)) show_meaning();
    draw();
    pace_.painted();
    settle();
    return next_paint_in();
}

double Portal::next_paint_in() {
    if (wants_build_ || app_.wants_frame()) return 0;
    std::int64_t wait = ui_ == nullptr ? -1 : ui_->wake_ms();
    if (!is_meaning_shown_) {
        const std::int64_t rest = std::max<std::int64_t>(1, pace_.wait_ms(now().mono_ms));
        wait = wait < 0 ? rest : std::min(wait, rest);
    }
    return static_cast<double>(wait);
}

void Portal::build() {
    wants_build_ = false;
    ui::Input input = input_;
    input_.actions.clear();
    ui_ = &app_.frame(viewport_, std::move(input), now());
    is_meaning_shown_ = false;
    if (theme_ != app_.theme_name()) {
        theme_ = app_.theme_name();
        pf_theme(theme_.data(), theme_.size());
    }
}

// One call carries all differences; the focus moves only once the elements are there.
void Portal::show_meaning() {
    const a11y::Tree& tree = ui_->tree();
    is_meaning_shown_ = true;
    const a11y::Diff diff = a11y::diff(shown_, tree);
    if (!diff.ops.empty()) {
        const a11y::Encoded encoded = a11y::encode(tree, diff);
        pf_mirror(
            encoded.words.data(), encoded.words.size(), encoded.bytes.data(), encoded.bytes.size());
    }
    pf_document(tree.height,
                tree.title.data(),
                tree.title.size(),
                tree.lang.data(),
                tree.lang.size(),
                tree.modal);
    if (tree.focus != a11y::kNoNode) pf_focus(tree.focus);
    if (diff.document_changed || !diff.ops.empty()) shown_ = tree;
}

// As soon as there is a context, not at the first frame: the driver compiles what draws while what is
// stored is still being read.
void Portal::start_surface() {
    if (!is_surface_started_ && pf_can_draw() != 0) is_surface_started_ = surface_.start();
}

void Portal::draw() {
    start_surface();
    if (ui_ == nullptr || pf_can_draw() == 0) return;
    if (is_surface_started_) surface_.draw(ui_->scene(), scroll_y_, input_);
}

// What the application wants done, and when it wants to be called again.
void Portal::settle() {
    const Block block = encode(app_.take_effects());
    if (!block.empty())
        pf_effects(
            block.words().data(), block.words().size(), block.bytes().data(), block.bytes().size());
    pf_wake_in(static_cast<double>(app_.next_wake_ms(now())));
}

}  // namespace ventanilla::platform

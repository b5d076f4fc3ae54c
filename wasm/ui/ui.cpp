#include "wasm/ui/ui.hpp"

#include <algorithm>
#include <utility>

#include "wasm/ui/parts.hpp"

// The frame, its results, and the verbs that place nothing.

namespace ventanilla::ui {

Scope::~Scope() {
    if (ui_ != nullptr) ui_->close();
}

Ui::Ui(Measurer& measurer) : state_(std::make_unique<State>(measurer)) {}
Ui::~Ui() = default;

void Ui::begin(const FrameInfo& info, Input input) {
    state_->begin(info, std::move(input));
}
void Ui::end() {
    state_->end();
}

void Ui::close() {
    if (state_->frames.size() == state_->main_depth && !state_->account_label.empty()) {
        account_footer();
    }
    state_->close();
}

const a11y::Tree& Ui::tree() const {
    return state_->scene.tree;
}
const Scene& Ui::scene() const {
    return state_->scene;
}
std::int64_t Ui::wake_ms() const {
    return state_->wake_ms;
}
std::string_view Ui::navigated() const {
    return state_->navigated;
}
const FrameInfo& Ui::info() const {
    return state_->scene.info;
}
Breakpoint Ui::breakpoint() const {
    return state_->breakpoint;
}
int Ui::keys_repeated() const {
    return state_->keys_repeated;
}

void Ui::set_scroll(float y) {
    state_->scroll_y = y;
}

bool Ui::needs_rebuild_after_scroll() const {
    const State& s = *state_;
    for (const Builder::VirtualList& list : s.virtual_lists) {
        const float top = s.scroll_y - s.scene.boxes[list.box].y;
        const int first = std::max(0, static_cast<int>(top / list.row_px));
        const int last =
            std::min(list.total, static_cast<int>((top + s.scene.info.height) / list.row_px) + 1);
        if (first < last && (first < list.first || last > list.first + list.count)) return true;
    }
    return false;
}

Scope Ui::opened(bool open) {
    return {this, state_->top().node_id, open};
}

void Ui::focus_heading() {
    state_->heading_focus = true;
}
void Ui::focus_field(std::string_view key) {
    state_->field_focus = key;
}
void Ui::focus(NodeId id) {
    state_->node_focus = id;
}

void Ui::announce(std::string_view text, a11y::Urgency urgency) {
    state_->announcements.push_back({urgency, std::string(text)});
}

std::vector<a11y::Announcement> Ui::take_announcements() {
    return std::exchange(state_->announcements, {});
}

NodeId Ui::field_id(std::string_view key) const {
    const auto at = state_->fields.find(std::string(key));
    return at == state_->fields.end() ? a11y::kNoNode : at->second;
}

}  // namespace ventanilla::ui

#include "wasm/a11y/announce.hpp"

#include <algorithm>

namespace ventanilla::a11y {

namespace {
constexpr std::int64_t kSpacingMs = 1000;  // portal.md 2: queue one a second
constexpr std::size_t kWaitingMax = 16;    // more than that nobody would listen to
}  // namespace

void Announcer::say(std::string_view text, Urgency urgency) {
    if (text.empty()) return;
    const auto known = std::find_if(waiting_.begin(), waiting_.end(), [&](const Announcement& a) {
        return a.urgency == urgency && a.text == text;
    });
    if (known != waiting_.end()) return;
    const Announcement message{urgency, std::string(text)};
    if (urgency == Urgency::Assertive) {
        const auto at = std::find_if(waiting_.begin(), waiting_.end(), [](const Announcement& a) {
            return a.urgency == Urgency::Polite;
        });
        waiting_.insert(at, message);
    } else {
        waiting_.push_back(message);
    }
    if (waiting_.size() > kWaitingMax) waiting_.pop_back();
}

std::optional<Announcement> Announcer::due(std::int64_t now_ms) {
    if (waiting_.empty() || now_ms < next_ms_) return std::nullopt;
    Announcement message = std::move(waiting_.front());
    waiting_.pop_front();
    next_ms_ = now_ms + kSpacingMs;
    return message;
}

std::int64_t Announcer::wait_ms(std::int64_t now_ms) const {
    if (waiting_.empty()) return -1;
    return std::max<std::int64_t>(0, next_ms_ - now_ms);
}

}  // namespace ventanilla::a11y

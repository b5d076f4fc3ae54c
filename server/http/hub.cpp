#include <algorithm>

#include "server/http/core.hpp"

namespace ventanilla::http {

void Hub::add(Subscriber& subscriber, int per_session_max) {
    int count = 0;
    for (Subscriber* other : subscribers_)
        count += other->topic.session == subscriber.topic.session ? 1 : 0;
    for (Subscriber* other : subscribers_) {  // the oldest of this session make room
        if (count < per_session_max) break;
        if (other->topic.session != subscriber.topic.session) continue;
        other->is_closing = true;
        other->timer.cancel();
        --count;
    }
    // A commit between the handler and now may have been meant for this one.
    subscriber.pending = std::max(subscriber.topic.head, head_);
    subscribers_.push_back(&subscriber);
}

void Hub::publish(std::uint64_t head, const std::vector<std::string>& audiences) {
    head_ = std::max(head_, head);
    for (Subscriber* subscriber : subscribers_) {
        const auto& held = subscriber->topic.audiences;
        const bool concerns =
            std::any_of(audiences.begin(), audiences.end(), [&](const std::string& one) {
                return std::find(held.begin(), held.end(), one) != held.end();
            });
        if (!concerns || subscriber->pending >= head) continue;
        subscriber->pending = head;
        subscriber->timer.cancel();
    }
}

template <class Predicate>
void Hub::close_if(Predicate predicate) {
    for (Subscriber* subscriber : subscribers_) {
        if (!predicate(*subscriber)) continue;
        subscriber->is_closing = true;
        subscriber->timer.cancel();
    }
}

void Hub::close_session(const std::string& session) {
    close_if([&](const Subscriber& one) { return one.topic.session == session; });
}

void Hub::close_user(const std::string& user) {
    close_if([&](const Subscriber& one) { return one.topic.user == user; });
}

void Hub::close_all() {
    close_if([](const Subscriber&) { return true; });
}

}  // namespace ventanilla::http

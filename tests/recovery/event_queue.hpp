#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

// What happens next: a binary heap of small plain events, because a herd makes millions of them.

namespace ventanilla::herd {

struct Event {
    std::int64_t at_us = 0;
    std::uint64_t order = 0;  // events of one moment happen in the order they were made
    std::uint32_t client = 0;
    std::uint32_t number = 0;
    std::uint8_t kind = 0;
    std::uint8_t detail = 0;
};

class EventQueue {
  public:
    void add(Event event) {
        event.order = next_++;
        heap_.push_back(event);
        std::push_heap(heap_.begin(), heap_.end(), later);
    }
    [[nodiscard]] bool is_empty() const { return heap_.empty(); }
    Event take() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        const Event event = heap_.back();
        heap_.pop_back();
        return event;
    }

  private:
    static bool later(const Event& a, const Event& b) {
        return a.at_us != b.at_us ? a.at_us > b.at_us : a.order > b.order;
    }
    std::vector<Event> heap_;
    std::uint64_t next_ = 0;
};

}  // namespace ventanilla::herd

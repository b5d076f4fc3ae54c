#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/recovery/admission.hpp"
#include "tests/recovery/herd.hpp"

// The machine behind the product's Admission: three lines of waiting requests, one worker of a
// given speed, and a table of what was applied. It knows no clients, only requests.

namespace ventanilla::herd {

enum class Ask : std::uint8_t { Banner, Slot, Read, Push };

struct Request {
    std::uint32_t client = 0;
    std::uint32_t number = 0;  // of this client's request
    Ask ask{};
    std::uint32_t owner = 0;  // whose outbox; two tabs share one
    std::uint8_t first = 0;   // the commands [first, end) of that outbox
    std::uint8_t end = 0;
    std::int64_t sent_us = 0;
};

struct Answer {
    Request to;
    bool is_ok = false;
    recovery::Grant grant;      // of a slot
    recovery::Refusal refusal;  // when not ok
    recovery::Advice advice;    // of a banner
};

class ServerModel {
  public:
    ServerModel(const Scenario& scenario, std::size_t commands);

    // Takes or refuses a request; either way its answer comes later, from finish().
    void arrive(const Request& request, std::string_view ticket, Instant now);
    [[nodiscard]] bool is_idle() const { return !serving_; }
    [[nodiscard]] bool has_work() const {
        return !banners_.empty() || !refusals_.empty() || !work_.empty();
    }
    // Begins the next request; gives how long it takes at full speed.
    double begin();
    // Ends it: what was asked is done now.
    Answer finish(Instant now);

    // Everything in memory is gone; gives the requests that were waiting.
    std::vector<Request> crash(Instant now);
    void start(Instant now);

    [[nodiscard]] recovery::Advice advice(Instant now) { return door_->advice(now); }
    [[nodiscard]] double offered_units(const Request& request) const;
    [[nodiscard]] double last_admitted() const {
        return last_admitted_;
    }  // by arrive(); 0: refused
    [[nodiscard]] std::uint64_t refused() const { return refused_ + door_->counts().refused; }
    [[nodiscard]] std::uint64_t bad_tickets() const {
        return bad_tickets_ + door_->counts().tickets_bad;
    }
    [[nodiscard]] std::uint64_t good_tickets() const { return door_->counts().tickets_good; }
    [[nodiscard]] std::uint64_t duplicated() const;
    [[nodiscard]] std::uint64_t missing() const;
    [[nodiscard]] std::uint64_t out_of_order() const { return out_of_order_; }
    // How many commands each owner has, and where theirs begin; set once.
    void set_outbox(std::uint32_t owner, std::uint32_t offset, std::uint8_t count);

  private:
    struct Waiting {
        Answer answer;
        double units = 0;
        bool is_work = false;
    };
    void line_up(Waiting waiting, bool is_banner);
    void apply(const Request& request);

    const Scenario& scenario_;
    std::string key_ = "the key survives because it is on disk.";
    recovery::Known known_;
    std::unique_ptr<recovery::Admission> door_;
    std::deque<Waiting> banners_, refusals_, work_;
    std::optional<Waiting> serving_;
    double last_admitted_ = 0;

    struct Outbox {
        std::uint32_t offset = 0;
        std::uint8_t count = 0;
        std::uint8_t next = 0;  // the first command not yet applied
    };
    std::vector<Outbox> outboxes_;
    std::vector<std::uint8_t> applied_;  // times
    std::uint64_t out_of_order_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t bad_tickets_ = 0;
};

}  // namespace ventanilla::herd

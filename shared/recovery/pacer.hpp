#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "shared/base/random.hpp"
#include "shared/recovery/advice.hpp"

// When a client may talk, and how it comes back: first a random wait, then the banner, then a turn,
// then work; and after each refusal or silence a wait that no two clients share. It does no I/O and
// reads no clock: whoever owns it asks step() before each request, has one request in flight at
// most, and reports how it ended. The portal's engine and the simulated herd of tests/recovery run
// this same code. All times are of one monotonic clock. Source: outage.md 3.4. Tested in
// tests/unit/recovery_pacer_test.cpp.

namespace ventanilla::recovery {

enum class Attention : std::uint8_t {
    Foreground,  // somebody looks: they learn within 5 s what is going on
    Background,
};

// What is to be sent.
enum class Work : std::uint8_t {
    Read,
    Interactive,  // a command just given; needs no turn, but has less room
    Replay,       // what waited
};

class Pacer {
  public:
    enum class Step : std::uint8_t {
        Wait,       // until()
        AskBanner,  // GET kBannerPath, then on_banner
        AskSlot,    // POST kSlotPath, then on_grant
        Go,         // with ticket() and at most batch_max() commands
    };

    explicit Pacer(Random& random) : random_(&random) {}

    // The network is back, or the connection broke that had told us of everything: everybody else
    // comes too.
    void reconnect(Attention attention, Millis now);

    void on_banner(const Advice& advice, Millis now);
    void on_grant(const Grant& grant, Millis now);
    void on_refused(const Refusal& refusal, Millis now);  // 429, 503
    void on_silence(Millis now);                          // no answer, or one that is not ours
    void on_success();                                    // of work, not of a banner
    // The commands a ticket was for are through; more need another.
    void spend_ticket() { ticket_.clear(); }

    // Somebody answered, but the fault may be ours: a short wait and nothing more.
    void rest(Millis spread, Millis now);

    // This process has just begun and has work from before: the banner first.
    void start() { stage_ = Stage::Banner; }

    // The person asked to try now. What the server asked is obeyed all the same: false when it
    // asked to wait after a refusal, or gave a turn more than a minute away. Then say until when.
    bool retry_now(Millis now);
    // Evidence from elsewhere that the server is well: nothing is waited for but what it asked
    // itself.
    void trust();

    [[nodiscard]] Step step(Work work, Millis now) const;
    [[nodiscard]] Millis until() const { return until_; }
    [[nodiscard]] const std::string& ticket(Millis now) const;
    // 0: as many as the protocol allows.
    [[nodiscard]] int batch_max() const { return ticket_.empty() ? 0 : batch_max_; }
    // When this client's turn comes, while it waits for it: to be shown.
    [[nodiscard]] std::optional<Millis> turn(Millis now) const;
    // Work now is somebody's wish and not the queue's turn.
    [[nodiscard]] bool is_pressed() const { return is_pressed_; }
    [[nodiscard]] bool is_failing() const { return refusals_ > 0 || silences_ > 0; }
    [[nodiscard]] const Advice& advice() const { return advice_; }

  private:
    enum class Stage : std::uint8_t { Banner, Slot, Ready };

    void take(const Grant& grant, Millis slot_at, Millis jitter);
    Millis up_to(Millis bound) { return uniform(*random_, bound); }

    Random* random_;
    Advice advice_;
    Stage stage_ = Stage::Ready;
    Millis until_{0};
    Millis floor_until_{0};  // the part of it the server asked for when it refused
    Millis gap_{2'000};      // last wait after silence
    std::string ticket_;
    Millis ticket_until_{0};
    bool is_turn_ = false;  // until_ is the turn of ticket_
    bool is_pressed_ = false;
    int batch_max_ = 0;
    int refusals_ = 0;
    int silences_ = 0;
    int retry_tokens_ = 100;  // tenths
    Millis last_press_{-60'000};
};

}  // namespace ventanilla::recovery

#include "shared/recovery/pacer.hpp"

#include <algorithm>

namespace ventanilla::recovery {
namespace {

constexpr Millis kForegroundSpread{5'000};
constexpr Millis kTurnJitter{1'000};
constexpr Millis kRefusedMost{300'000};
constexpr Millis kSilentLeast{2'000};
// sync.md 2.4 bounds this wait, and is the more specific page here: invariant I3 needs it.
constexpr Millis kSilentMost{60'000};
constexpr Millis kPressEvery{10'000};
constexpr Millis kTurnFar{60'000};  // not overruled by a tap
constexpr int kTokensMost = 100;    // tenths
constexpr int kTokensPerRetry = 10;

const std::string kNoTicket;

}  // namespace

void Pacer::reconnect(Attention attention, Millis now) {
    if (turn(now)) return;  // it still holds
    const Millis spread = attention == Attention::Foreground
                              ? std::min(advice_.spread, kForegroundSpread)
                              : advice_.spread;
    stage_ = Stage::Banner;
    is_turn_ = is_pressed_ = false;
    ticket_.clear();
    until_ = std::max(floor_until_, now + up_to(spread));
}

void Pacer::on_banner(const Advice& advice, Millis now) {
    advice_ = advice;
    is_pressed_ = false;
    switch (advice.mode) {
        case Mode::Normal: stage_ = Stage::Ready; return;
        case Mode::Recovering: stage_ = Stage::Slot; return;
        case Mode::Paused: break;
    }
    stage_ = Stage::Banner;
    until_ = now + advice.poll + up_to(advice.poll);
}

void Pacer::take(const Grant& grant, Millis slot_at, Millis jitter) {
    advice_.mode = grant.mode;
    ticket_ = grant.ticket;
    batch_max_ = grant.batch_max;
    until_ = slot_at + jitter;
    ticket_until_ = slot_at + grant.life;
    is_turn_ = !ticket_.empty();
    is_pressed_ = false;
    stage_ = grant.mode == Mode::Paused ? Stage::Banner : Stage::Ready;
}

void Pacer::on_grant(const Grant& grant, Millis now) {
    take(grant, now + grant.slot, up_to(std::min(kTurnJitter, grant.slot / 10)));
}

void Pacer::on_refused(const Refusal& refusal, Millis now) {
    refusals_ = std::min(refusals_ + 1, 16);
    is_pressed_ = false;
    if (refusal.grant && !refusal.grant->ticket.empty()) {
        const Millis slot = std::max(refusal.grant->slot, refusal.retry_after);
        floor_until_ = now + slot;
        // The ticket has to be alive when it is used.
        take(*refusal.grant, floor_until_, up_to(std::min(slot / 10, refusal.grant->life / 2)));
        return;
    }
    const Millis exponential =
        std::min(kRefusedMost, Millis{1'000} * (1 << std::min(refusals_, 9)));
    const Millis wait = std::max({refusal.retry_after, up_to(exponential), advice_.min_backoff});
    floor_until_ = now + refusal.retry_after;
    until_ = now + wait + up_to(wait / 10);
    ticket_.clear();
    is_turn_ = false;
    stage_ = Stage::Banner;  // it will say whether a turn is needed
}

void Pacer::on_silence(Millis now) {
    silences_ = std::min(silences_ + 1, 16);
    is_pressed_ = false;
    gap_ = kSilentLeast + up_to(std::min(kSilentMost, gap_ * 3) - kSilentLeast);
    until_ = now + gap_;
    is_turn_ = false;
    const bool may_retry = retry_tokens_ >= kTokensPerRetry && stage_ == Stage::Ready;
    if (may_retry) {
        retry_tokens_ -= kTokensPerRetry;
        const bool has_turn = advice_.mode == Mode::Normal || until_ < ticket_until_;
        stage_ = has_turn ? Stage::Ready : Stage::Slot;
    } else {
        stage_ = Stage::Banner;
    }
}

void Pacer::rest(Millis spread, Millis now) {
    until_ = std::max(floor_until_, now + up_to(spread));
    is_turn_ = is_pressed_ = false;
}

void Pacer::on_success() {
    refusals_ = silences_ = 0;
    gap_ = kSilentLeast;
    is_pressed_ = is_turn_ = false;
    if (advice_.mode == Mode::Normal)
        stage_ = Stage::Ready;  // it answers: what else could a banner say
    retry_tokens_ = std::min(kTokensMost, retry_tokens_ + 1);
}

bool Pacer::retry_now(Millis now) {
    if (now < floor_until_ || (turn(now) && until_ - now > kTurnFar)) return false;
    if (now - last_press_ < kPressEvery) return true;
    last_press_ = now;
    until_ = now;
    is_turn_ = false;
    is_pressed_ = true;
    stage_ = Stage::Ready;
    return true;
}

void Pacer::trust() {
    refusals_ = silences_ = 0;
    gap_ = kSilentLeast;
    if (advice_.mode == Mode::Normal) stage_ = Stage::Ready;
    if (!is_turn_) until_ = floor_until_;
}

Pacer::Step Pacer::step(Work work, Millis now) const {
    if (now < until_) return Step::Wait;
    if (stage_ == Stage::Banner) return Step::AskBanner;
    if (stage_ == Stage::Slot) return Step::AskSlot;
    const bool needs_ticket = work == Work::Replay && advice_.mode == Mode::Recovering &&
                              !is_pressed_ && ticket(now).empty();
    return needs_ticket ? Step::AskSlot : Step::Go;
}

const std::string& Pacer::ticket(Millis now) const {
    return now < ticket_until_ ? ticket_ : kNoTicket;
}

std::optional<Millis> Pacer::turn(Millis now) const {
    if (!is_turn_ || now >= until_) return std::nullopt;
    return until_;
}

}  // namespace ventanilla::recovery

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/recovery/pacer.hpp"

// The client's half of coming back after an outage, one rule a test. Herds of it are in
// tests/recovery.

namespace ventanilla::recovery {
namespace {

using Step = Pacer::Step;

constexpr int kClients = 4'000;

Advice advice(Mode mode) {
    return {.mode = mode,
            .spread = Millis{20'000},
            .min_backoff = Millis{3'000},
            .poll = Millis{60'000}};
}

Grant turn_in(std::int64_t ms) {
    return {.slot = Millis{ms},
            .ticket = "ticket",
            .life = Millis{30'000},
            .batch_max = 10,
            .mode = Mode::Recovering};
}

// How far the sample is from uniform in [0, bound): the Kolmogorov-Smirnov statistic, times
// sqrt(n). Over 1.63 means p < 0.01.
double distance_from_uniform(std::vector<double> sample, double bound) {
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double worst = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = sample[i] / bound;
        worst = std::max({worst,
                          std::abs(static_cast<double>(i) / n - expected),
                          std::abs(static_cast<double>(i + 1) / n - expected)});
    }
    return worst * std::sqrt(n);
}

// The largest share of a sample that has one and the same value.
double heaviest(const std::vector<std::int64_t>& sample) {
    std::multiset<std::int64_t> all(sample.begin(), sample.end());
    std::size_t most = 0;
    for (const std::int64_t one : all)
        most = std::max(most, all.count(one));
    return static_cast<double>(most) / static_cast<double>(sample.size());
}

TEST(RecoveryPacer, NothingWaitsWhileNothingIsWrong) {
    SeededRandom random{1};
    const Pacer pacer{random};
    for (const Work work : {Work::Read, Work::Interactive, Work::Replay})
        EXPECT_EQ(pacer.step(work, Millis{0}), Step::Go);
}

TEST(RecoveryPacer, ComesBackInFourSteps) {
    SeededRandom random{2};
    Pacer pacer{random};
    pacer.reconnect(Attention::Background, Millis{1'000});
    EXPECT_EQ(pacer.step(Work::Replay, Millis{1'000}), Step::Wait);
    EXPECT_LE(pacer.until(), Millis{31'000}) << "30 s when no server has said otherwise";
    Millis now = pacer.until();
    ASSERT_EQ(pacer.step(Work::Replay, now), Step::AskBanner);
    pacer.on_banner(advice(Mode::Recovering), now);
    ASSERT_EQ(pacer.step(Work::Read, now), Step::AskSlot) << "reading waits for its turn too";
    pacer.on_grant(turn_in(40'000), now);
    EXPECT_EQ(pacer.step(Work::Replay, now + Millis{39'999}), Step::Wait);
    EXPECT_EQ(pacer.turn(now), pacer.until());
    now = pacer.until();
    EXPECT_EQ(pacer.step(Work::Read, now), Step::Go);
    EXPECT_EQ(pacer.step(Work::Replay, now), Step::Go);
    EXPECT_EQ(pacer.ticket(now), "ticket");
    EXPECT_EQ(pacer.batch_max(), 10);
    EXPECT_FALSE(pacer.turn(now));
}

TEST(RecoveryPacer, ATurnSurvivesAFlickerOfTheNetwork) {
    SeededRandom random{13};
    Pacer pacer{random};
    pacer.on_banner(advice(Mode::Recovering), Millis{0});
    pacer.on_grant(turn_in(40'000), Millis{0});
    const Millis turn = pacer.until();
    pacer.reconnect(Attention::Foreground, Millis{10'000});
    EXPECT_EQ(pacer.turn(Millis{10'000}), turn);
}

TEST(RecoveryPacer, ANormalServerNeedsNoTurn) {
    SeededRandom random{3};
    Pacer pacer{random};
    pacer.reconnect(Attention::Foreground, Millis{0});
    EXPECT_LE(pacer.until(), Millis{5'000}) << "somebody looks";
    pacer.on_banner(advice(Mode::Normal), pacer.until());
    EXPECT_EQ(pacer.step(Work::Replay, pacer.until()), Step::Go);
    EXPECT_EQ(pacer.batch_max(), 0);
}

TEST(RecoveryPacer, APausedServerIsLookedAtNowAndThen) {
    SeededRandom random{4};
    Pacer pacer{random};
    pacer.on_banner(advice(Mode::Paused), Millis{0});
    EXPECT_GE(pacer.until(), Millis{60'000});
    EXPECT_LE(pacer.until(), Millis{120'000});
    EXPECT_EQ(pacer.step(Work::Read, pacer.until()), Step::AskBanner);
}

TEST(RecoveryPacer, EachBatchOfAnOutboxNeedsItsOwnTurnWhileRecovering) {
    SeededRandom random{5};
    Pacer pacer{random};
    pacer.on_banner(advice(Mode::Recovering), Millis{0});
    pacer.on_grant(turn_in(0), Millis{0});
    ASSERT_EQ(pacer.step(Work::Replay, pacer.until()), Step::Go);
    pacer.on_success();
    pacer.spend_ticket();
    EXPECT_EQ(pacer.step(Work::Replay, pacer.until()), Step::AskSlot);
    EXPECT_EQ(pacer.step(Work::Interactive, pacer.until()), Step::Go) << "somebody is looking";
    EXPECT_EQ(pacer.step(Work::Read, pacer.until()), Step::Go);
}

TEST(RecoveryPacer, ATicketThatIsTooOldIsNotShown) {
    SeededRandom random{6};
    Pacer pacer{random};
    pacer.on_grant(turn_in(0), Millis{0});
    EXPECT_EQ(pacer.ticket(Millis{29'999}), "ticket");
    EXPECT_EQ(pacer.ticket(Millis{30'000}), "");
    EXPECT_EQ(pacer.step(Work::Replay, Millis{30'000}), Step::AskSlot);
}

TEST(RecoveryPacer, TheFirstContactIsSpreadUniformly) {
    SeededRandom random{7};
    std::vector<double> waits;
    for (int i = 0; i < kClients; ++i) {
        Pacer pacer{random};
        pacer.on_banner(advice(Mode::Normal), Millis{0});
        pacer.reconnect(Attention::Background, Millis{0});
        waits.push_back(static_cast<double>(pacer.until().count()));
    }
    EXPECT_LT(distance_from_uniform(waits, 20'001.0), 1.63);
    const std::vector<std::int64_t> whole(waits.begin(), waits.end());
    EXPECT_LT(heaviest(whole), 0.01) << "no two herds at one moment";
}

TEST(RecoveryPacer, TheDistanceFromUniformIsSeen) {
    std::vector<double> bunched;
    for (int i = 0; i < kClients; ++i)
        bunched.push_back(i % 10 == 0 ? 5'000.0 : static_cast<double>(i * 5));
    EXPECT_GT(distance_from_uniform(bunched, 20'001.0), 1.63);
}

TEST(RecoveryPacer, ItNeverWaitsLessThanTheServerAsked) {
    SeededRandom random{8};
    for (int i = 0; i < kClients; ++i) {
        Pacer pacer{random};
        const Millis now{static_cast<std::int64_t>(random.below(1'000'000))};
        const auto asked = static_cast<std::int64_t>(random.below(400'000));
        for (int n = 0; n < static_cast<int>(random.below(12)); ++n)
            pacer.on_refused({Millis{0}, std::nullopt}, now);
        const bool has_turn = random.chance(1, 2);
        const auto grant = has_turn ? std::optional{turn_in(asked)} : std::nullopt;
        pacer.on_refused({Millis{asked}, grant}, now);
        EXPECT_GE(pacer.until() - now, Millis{asked});
        if (has_turn) {
            EXPECT_EQ(pacer.step(Work::Replay, pacer.until()), Step::Go)
                << "the ticket is still good";
        } else {
            EXPECT_GE(pacer.until() - now, Advice{}.min_backoff);
        }
    }
}

TEST(RecoveryPacer, TheLongestWaitIsNoMeetingPoint) {
    SeededRandom random{9};
    std::vector<std::int64_t> refused, silent;
    for (int i = 0; i < kClients; ++i) {
        Pacer one{random}, other{random};
        for (int n = 0; n < 20; ++n) {
            one.on_refused({Millis{0}, std::nullopt}, Millis{0});
            other.on_silence(Millis{0});
        }
        refused.push_back(one.until().count());
        silent.push_back(other.until().count());
    }
    EXPECT_LT(heaviest(refused), 0.005);
    EXPECT_LT(heaviest(silent), 0.005);
    EXPECT_LE(*std::max_element(silent.begin(), silent.end()), 60'000);
}

TEST(RecoveryPacer, WithoutRetryTokensItOnlyLooksAtTheBanner) {
    SeededRandom random{10};
    Pacer pacer{random};
    int retries = 0;
    for (; retries < 100; ++retries) {
        pacer.on_silence(Millis{0});
        if (pacer.step(Work::Replay, pacer.until()) != Step::Go) break;
    }
    EXPECT_EQ(retries, 10);
    EXPECT_EQ(pacer.step(Work::Replay, pacer.until()), Step::AskBanner);
    pacer.on_banner(advice(Mode::Normal), pacer.until());
    for (int i = 0; i < 10; ++i)
        pacer.on_success();
    pacer.on_silence(Millis{0});
    EXPECT_EQ(pacer.step(Work::Replay, pacer.until()), Step::Go) << "ten successes earn a retry";
}

TEST(RecoveryPacer, ABannerAloneDoesNotShortenTheWaitAfterSilence) {
    SeededRandom random{11};
    Millis longest{0};
    Pacer pacer{random};
    for (int i = 0; i < 30; ++i) {
        pacer.on_banner(advice(Mode::Normal), Millis{0});
        pacer.on_silence(Millis{0});
        longest = std::max(longest, pacer.until());
    }
    EXPECT_GT(longest, Millis{20'000});
}

TEST(RecoveryPacer, ATapGoesAtOnceButDoesNotOverruleTheServer) {
    SeededRandom random{12};
    Pacer pacer{random};
    pacer.on_silence(Millis{0});
    EXPECT_TRUE(pacer.retry_now(Millis{1'000}));
    EXPECT_EQ(pacer.step(Work::Replay, Millis{1'000}), Step::Go);
    EXPECT_TRUE(pacer.is_pressed());
    pacer.on_silence(Millis{1'000});
    EXPECT_TRUE(pacer.retry_now(Millis{2'000}));
    EXPECT_EQ(pacer.step(Work::Replay, Millis{2'000}), Step::Wait) << "once in 10 s";
    pacer.on_grant(turn_in(50'000), Millis{20'000});
    EXPECT_TRUE(pacer.retry_now(Millis{20'000})) << "a turn within the minute may be jumped";
    pacer.on_grant(turn_in(90'000), Millis{40'000});
    EXPECT_FALSE(pacer.retry_now(Millis{40'000}));
    pacer.on_refused({Millis{5'000}, std::nullopt}, Millis{60'000});
    EXPECT_FALSE(pacer.retry_now(Millis{64'000}));
    EXPECT_EQ(pacer.step(Work::Replay, Millis{64'000}), Step::Wait);
}

}  // namespace
}  // namespace ventanilla::recovery

#include "server/auth/throttle.hpp"

#include <algorithm>

namespace ventanilla::auth {
namespace {

constexpr double kLoginBurst = 6;
constexpr double kLoginPerMinute = 6;
constexpr double kPeerBurst = 60;  // an office behind one address signs in at nine o'clock
constexpr double kPeerPerMinute = 60;
constexpr std::size_t kBucketsMax = 20'000;

std::string pair_key(const std::string& login, const std::string& peer) {
    return "pair:" + login + '\n' + peer;
}

}  // namespace

Throttle::Bucket& Throttle::refilled(const std::string& key, Rate rate, Instant now) {
    const auto [found, is_new] = buckets_.try_emplace(key, Bucket{rate.burst, now});
    Bucket& bucket = found->second;
    const double minutes = std::max(0.0, static_cast<double>((now - bucket.at).count()) / 60'000.0);
    bucket.tokens = std::min(rate.burst, bucket.tokens + minutes * rate.per_minute);
    bucket.at = now;
    return bucket;
}

void Throttle::forget_old(Instant now) {
    if (buckets_.size() < kBucketsMax) return;
    std::erase_if(buckets_,
                  [&](const auto& one) { return now - one.second.at > std::chrono::minutes{2}; });
    if (buckets_.size() >= kBucketsMax)
        buckets_.clear();  // under attack: argon2's own bound remains
}

std::optional<Millis> Throttle::ask(const std::string& login,
                                    const std::string& peer,
                                    Instant now) {
    const std::lock_guard lock{mutex_};
    forget_old(now);
    Bucket& pair = refilled(pair_key(login, peer), {kLoginBurst, kLoginPerMinute}, now);
    Bucket& whole = refilled("peer:" + peer, {kPeerBurst, kPeerPerMinute}, now);
    if (pair.tokens < 1 || whole.tokens < 1) {
        const double wait =
            std::max((1 - pair.tokens) / kLoginPerMinute, (1 - whole.tokens) / kPeerPerMinute);
        return Millis{static_cast<std::int64_t>(wait * 60'000.0) + 1};
    }
    pair.tokens -= 1;
    whole.tokens -= 1;
    return std::nullopt;
}

void Throttle::succeeded(const std::string& login, const std::string& peer) {
    const std::lock_guard lock{mutex_};
    buckets_.erase(pair_key(login, peer));
}

}  // namespace ventanilla::auth

#include "shared/recovery/advice.hpp"

#include <algorithm>

namespace ventanilla::recovery {
namespace {

constexpr std::size_t kBannerBytesMax = 256 * 1024;
constexpr std::size_t kMessageBytesMax = 8 * 1024;
constexpr std::size_t kTicketBytesMax = 128;
constexpr Millis kWaitMost{3'600'000};  // nobody may send us away for longer

Millis millis_or(const Json& object, std::string_view key, Millis fallback) {
    return std::clamp(Millis{int_or(object, key, fallback.count())}, Millis{0}, kWaitMost);
}

Mode mode_of(std::string_view text) {
    if (text == name(Mode::Recovering)) return Mode::Recovering;
    return text == name(Mode::Paused) ? Mode::Paused : Mode::Normal;
}

std::string_view writes_in(Mode mode) {
    switch (mode) {
        case Mode::Normal: return "open";
        case Mode::Recovering: return "paced";
        case Mode::Paused: return "closed";
    }
    return "open";
}

Grant grant_of(const Json& body) {
    Grant grant;
    grant.slot = millis_or(body, "slot_ms", Millis{0});
    grant.ticket = std::string(text_or(body, "ticket").substr(0, kTicketBytesMax));
    grant.life = millis_or(body, "ttl_ms", Millis{0});
    grant.batch_max = static_cast<int>(
        std::clamp<std::int64_t>(int_or(body, "max_batch"), 0, limits::kPushCommandsMax));
    grant.mode = mode_of(text_or(body, "mode", name(Mode::Recovering)));
    return grant;
}

}  // namespace

std::string_view name(Mode mode) {
    switch (mode) {
        case Mode::Normal: return "normal";
        case Mode::Recovering: return "recovering";
        case Mode::Paused: return "paused";
    }
    return "normal";
}

Json to_json(const Advice& advice) {
    return {{"mode", name(advice.mode)},
            {"spread_ms", advice.spread.count()},
            {"min_backoff_ms", advice.min_backoff.count()},
            {"writes", writes_in(advice.mode)}};
}

Result<Advice> decode_banner(std::string_view body) {
    const Json banner = TRY(parse_json(body, kBannerBytesMax));
    const Json recovery = TRY(object_at(banner, "recovery"));
    Advice advice;
    advice.mode = mode_of(TRY(text_at(recovery, "mode")));
    advice.spread = millis_or(recovery, "spread_ms", advice.spread);
    advice.min_backoff = millis_or(recovery, "min_backoff_ms", advice.min_backoff);
    advice.poll = std::max(Millis{1'000}, millis_or(banner, "poll_ms", advice.poll));
    return advice;
}

std::string encode(const SlotRequest& request) {
    return dump_json({{"items", request.items},
                      {"bytes", request.bytes},
                      {"oldest_age_ms", request.oldest_age_ms}});
}

Result<SlotRequest> decode_slot_request(std::string_view body) {
    const Json json = TRY(parse_json(body, kMessageBytesMax));
    SlotRequest request;
    const std::int64_t items = TRY(int_at(json, "items"));
    if (items < 0) return invalid("items: less than none", "items");
    request.items = static_cast<int>(
        std::min<std::int64_t>(items, static_cast<std::int64_t>(limits::kOutboxCommandsMax)));
    request.bytes = int_or(json, "bytes");
    request.oldest_age_ms = int_or(json, "oldest_age_ms");
    return request;
}

std::string encode(const Grant& grant) {
    return dump_json({{"slot_ms", grant.slot.count()},
                      {"ticket", grant.ticket},
                      {"ttl_ms", grant.life.count()},
                      {"max_batch", grant.batch_max},
                      {"mode", name(grant.mode)}});
}

Result<Grant> decode_grant(std::string_view body) {
    const Json json = TRY(parse_json(body, kMessageBytesMax));
    (void)TRY(int_at(json, "slot_ms"));
    return grant_of(json);
}

Refusal refusal_of(std::string_view body, Millis header) {
    Refusal refusal{std::clamp(header, Millis{0}, kWaitMost), std::nullopt};
    const Result<Json> json = parse_json(body, kMessageBytesMax);
    if (!json || !json->is_object()) return refusal;
    refusal.retry_after =
        std::max(refusal.retry_after, millis_or(*json, "retry_after_ms", Millis{0}));
    if (has(*json, "ticket")) refusal.grant = grant_of(*json);
    return refusal;
}

}  // namespace ventanilla::recovery

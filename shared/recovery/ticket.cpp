#include "shared/recovery/ticket.hpp"

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::recovery {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kFieldBytes = 1 + 1 + 8 + 4 + 8 + 8;
constexpr std::size_t kTextBytesMax = 128;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<char>(value >> (8 * static_cast<unsigned>(i))));
}

std::uint64_t take(std::string_view& in, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = (value << 8U) | static_cast<std::uint8_t>(in[i]);
    in.remove_prefix(bytes);
    return value;
}

Instant instant_of(std::uint64_t ms) {
    return from_ms(static_cast<std::int64_t>(ms));
}

std::string proof_of(std::string_view fields, std::string_view key) {
    const Sha256 proof = hmac_sha256(key, fields);
    return {proof.begin(), proof.end()};
}

}  // namespace

std::string seal(const Ticket& ticket, std::string_view key) {
    std::string fields(1, kVersion);
    put(fields, static_cast<std::uint64_t>(ticket.lane), 1);
    put(fields, static_cast<std::uint64_t>(to_ms(ticket.slot)), 8);
    put(fields, ticket.cost_milli, 4);
    put(fields, static_cast<std::uint64_t>(to_ms(ticket.expires_at)), 8);
    put(fields, ticket.principal, 8);
    return to_base64url(fields + proof_of(fields, key));
}

Result<Ticket> open_ticket(std::string_view text, std::string_view key) {
    std::string sealed;
    if (text.size() > kTextBytesMax || !from_base64url(text, sealed))
        return invalid("no ticket of ours", "ticket");
    if (sealed.size() != kFieldBytes + Sha256{}.size() || sealed[0] != kVersion)
        return invalid("no ticket of ours", "ticket");
    std::string_view fields{sealed.data(), kFieldBytes};
    const std::string_view proof{sealed.data() + kFieldBytes, Sha256{}.size()};
    if (!equal_in_constant_time(proof, proof_of(fields, key)))
        return invalid("no ticket of ours", "ticket");
    fields.remove_prefix(1);
    Ticket ticket;
    ticket.lane = static_cast<Lane>(take(fields, 1));
    ticket.slot = instant_of(take(fields, 8));
    ticket.cost_milli = static_cast<std::uint32_t>(take(fields, 4));
    ticket.expires_at = instant_of(take(fields, 8));
    ticket.principal = take(fields, 8);
    return ticket;
}

TicketState state_of(const Ticket& ticket, Instant now) {
    if (now < ticket.slot - kTicketEarly) return TicketState::Early;
    return now <= ticket.expires_at ? TicketState::Valid : TicketState::Late;
}

}  // namespace ventanilla::recovery

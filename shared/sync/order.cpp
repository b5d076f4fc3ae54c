#include "shared/base/hash.hpp"
#include "shared/sync/bytes.hpp"
#include "shared/sync/protocol.hpp"

// Cursors, the hash chain and digests: what must be the same bytes on both sides.

namespace ventanilla::sync {
namespace {

constexpr std::size_t kCursorBytes = 16 + 8 * 5 + 1 + 16;

}  // namespace

std::string encode_cursor(const CursorPosition& position) {
    std::string out;
    out.reserve(kCursorBytes);
    put_id(out, position.epoch);
    put_be(out, position.seq, 8);
    put_be(out, position.chain, 8);
    put_be(out, position.scope_rev, 8);
    put_be(out, position.top, 8);
    put_be(out, position.at_seq, 8);
    put_be(out, position.at_type, 1);
    put_id(out, position.at_id);
    return out;
}

Result<CursorPosition> decode_cursor(std::string_view bytes) {
    if (bytes.size() != kCursorBytes) return invalid("cursor of another size", "cursor");
    ByteReader in(bytes);
    CursorPosition position;
    position.epoch = in.id();
    position.seq = in.be(8);
    position.chain = in.be(8);
    position.scope_rev = in.be(8);
    position.top = in.be(8);
    position.at_seq = in.be(8);
    position.at_type = static_cast<std::uint8_t>(in.be(1));
    position.at_id = in.id();
    return position;
}

std::string canonical_bytes(const ChainEntry& entry) {
    std::string out;
    put_be(out, entry.seq, 8);
    put_id(out, entry.cmd_id);
    put_id(out, entry.user);
    put_id(out, entry.device);
    put_be(out, static_cast<std::uint64_t>(entry.at_ms), 8);
    put_be(out, entry.body_hash.size(), 4);
    out += entry.body_hash;
    put_be(out, entry.rows.size(), 4);
    for (const ChainEntry::Touched& row : entry.rows) {
        put_be(out, static_cast<std::uint8_t>(row.ref.type), 1);
        put_id(out, row.ref.id);
        put_be(out, row.ver, 8);
        put_be(out, row.is_deleted ? 1 : 0, 1);
    }
    return out;
}

std::uint64_t chain_next(std::uint64_t previous, const ChainEntry& entry) {
    std::string bytes;
    put_be(bytes, previous, 8);
    bytes += canonical_bytes(entry);
    return ByteReader(sha256_bytes(bytes)).be(8);
}

std::uint64_t row_digest(std::string_view type, const Id& id, std::uint64_t ver) {
    std::string bytes;
    bytes.reserve(type.size() + 1 + 16 + 8);
    bytes += type;
    bytes.push_back('\0');
    put_id(bytes, id);
    put_be(bytes, ver, 8);
    return hash64(bytes);
}

std::uint64_t row_digest(const domain::RowRef& ref, std::uint64_t ver) {
    return row_digest(domain::name(ref.type), ref.id, ver);
}

std::string command_hash(const commands::Command& command) {
    return sha256_bytes(dump_json(commands::to_json(command)));
}

}  // namespace ventanilla::sync

#include <array>

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "server/store/pull.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::store {
namespace {

constexpr std::size_t kMacBytes = 16;

std::string mac_of(const std::string& position, const Id& user, const std::string& key) {
    std::string message = position;
    message.append(reinterpret_cast<const char*>(user.bytes.data()), user.bytes.size());
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned int size = 0;
    HMAC(EVP_sha256(),
         key.data(),
         static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()),
         message.size(),
         out.data(),
         &size);
    return {reinterpret_cast<const char*>(out.data()), kMacBytes};
}

}  // namespace

std::string seal_cursor(const sync::CursorPosition& position,
                        const Id& user,
                        const std::string& mac_key) {
    const std::string bytes = sync::encode_cursor(position);
    return to_base64url(bytes + mac_of(bytes, user, mac_key));
}

Result<sync::CursorPosition> open_cursor(std::string_view cursor,
                                         const Id& user,
                                         const std::string& mac_key) {
    std::string sealed;
    if (cursor.size() > 400 || !from_base64url(cursor, sealed) || sealed.size() <= kMacBytes)
        return invalid("no cursor of ours", "cursor");
    const std::string bytes = sealed.substr(0, sealed.size() - kMacBytes);
    const std::string mac = mac_of(bytes, user, mac_key);
    if (CRYPTO_memcmp(mac.data(), sealed.data() + bytes.size(), kMacBytes) != 0)
        return invalid("no cursor of ours", "cursor");
    return sync::decode_cursor(bytes);
}

}  // namespace ventanilla::store

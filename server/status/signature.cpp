#include "server/status/signature.hpp"

#include <memory>

#include <openssl/evp.h>

namespace ventanilla::public_status {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* raw(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}

Error no_crypto() {
    return {Errc::Unavailable, "OpenSSL cannot work with Ed25519 keys", {}};
}

Result<Key> private_key_from(std::string_view bytes) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(bytes), bytes.size()),
            &EVP_PKEY_free};
    if (!key) return invalid("not a private Ed25519 key");
    return key;
}

}  // namespace

Result<std::string> new_private_key() {
    const Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
    std::string bytes(kKeyBytes, '\0');
    std::size_t size = bytes.size();
    if (!key || EVP_PKEY_get_raw_private_key(key.get(), raw(bytes), &size) != 1) return no_crypto();
    return bytes;
}

Result<std::string> public_key_of(std::string_view private_key) {
    const Key key = TRY(private_key_from(private_key));
    std::string bytes(kKeyBytes, '\0');
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), raw(bytes), &size) != 1) return no_crypto();
    return bytes;
}

Result<std::string> signature_of(std::string_view private_key, std::string_view bytes) {
    const Key key = TRY(private_key_from(private_key));
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), raw(signature), &size, raw(bytes), bytes.size()) != 1)
        return no_crypto();
    return signature;
}

bool is_signed_by(std::string_view public_key, std::string_view signature, std::string_view bytes) {
    const Key key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(public_key), public_key.size()),
        &EVP_PKEY_free};
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    if (!key || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
        return false;
    return EVP_DigestVerify(
               context.get(), raw(signature), signature.size(), raw(bytes), bytes.size()) == 1;
}

}  // namespace ventanilla::public_status

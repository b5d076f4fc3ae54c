#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

// Ed25519, by OpenSSL: who holds the public key can tell whether a file is as it was signed.
// Keys are their raw bytes. Source: RFC 8032.

namespace ventanilla::public_status {

inline constexpr std::size_t kKeyBytes = 32;  // of a private and of a public key

// Errors of all: Invalid for keys that are none; Unavailable when OpenSSL cannot do it.
Result<std::string> new_private_key();
Result<std::string> public_key_of(std::string_view private_key);
Result<std::string> signature_of(std::string_view private_key, std::string_view bytes);

// Whether `signature` is that of `bytes` by the owner of `public_key`; false for anything broken.
bool is_signed_by(std::string_view public_key, std::string_view signature, std::string_view bytes);

}  // namespace ventanilla::public_status

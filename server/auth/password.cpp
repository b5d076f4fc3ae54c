#include "server/auth/password.hpp"

#include <algorithm>
#include <array>

#include <argon2.h>
#include <sys/random.h>

#include "shared/base/text.hpp"

namespace ventanilla::auth {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kMemoryKib = 19'456;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kCharactersMin = 12;
constexpr std::size_t kBytesMax = 200;

// What is left of the public lists of common passwords at twelve characters and more.
constexpr auto kCommon = std::to_array<std::string_view>({
    "123456789012",  "1234567890123",    "password1234",  "passwordpassword", "qwertyuiop12",
    "qwerty123456",  "contraseña123",    "contrasena123", "contrasena1234",   "administrator",
    "administrador", "iloveyou1234",     "letmein12345",  "welcome12345",     "bienvenido123",
    "111111111111",  "000000000000",     "aaaaaaaaaaaa",  "abcdefghijkl",     "abc123456789",
    "1q2w3e4r5t6y",  "q1w2e3r4t5y6",     "ventanilla123", "ventanilla1234",   "changeme1234",
    "cambiame1234",  "trustno1trustno1", "passw0rd1234",  "p@ssw0rd1234",     "qwertyqwerty",
});

// Any valid hash: what unknown logins are measured against.
constexpr const char* kNobody =
    "$argon2id$v=19$m=19456,t=2,p=1$dmVudGFuaWxsYSBub2JvZHk$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

}  // namespace

class Passwords::Turn {
  public:
    explicit Turn(Passwords& owner) : owner_(owner) {
        std::unique_lock lock{owner_.mutex_};
        owner_.freed_.wait(lock, [this] { return owner_.free_ > 0; });
        --owner_.free_;
    }
    ~Turn() {
        const std::lock_guard lock{owner_.mutex_};
        ++owner_.free_;
        owner_.freed_.notify_one();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    Passwords& owner_;
};

Result<std::string> Passwords::hash(std::string_view password) {
    std::array<unsigned char, kSaltBytes> salt{};
    if (getrandom(salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size()))
        return Error{Errc::Unavailable, "no randomness", {}};
    std::string encoded(
        argon2_encodedlen(kPasses, kMemoryKib, kLanes, kSaltBytes, kHashBytes, Argon2_id), '\0');
    const Turn turn{*this};
    const int code = argon2id_hash_encoded(kPasses,
                                           kMemoryKib,
                                           kLanes,
                                           password.data(),
                                           password.size(),
                                           salt.data(),
                                           salt.size(),
                                           kHashBytes,
                                           encoded.data(),
                                           encoded.size());
    if (code != ARGON2_OK) return Error{Errc::Unavailable, argon2_error_message(code), {}};
    encoded.resize(encoded.find('\0') == std::string::npos ? encoded.size() : encoded.find('\0'));
    return encoded;
}

bool Passwords::matches(const std::string& encoded, std::string_view password) {
    const Turn turn{*this};
    const char* against = encoded.empty() ? kNobody : encoded.c_str();
    const bool is_it = argon2id_verify(against, password.data(), password.size()) == ARGON2_OK;
    return is_it && !encoded.empty();
}

Status check_new_password(std::string_view password) {
    if (password.size() > kBytesMax || !is_utf8(password))
        return invalid("not a usable text", "password");
    std::size_t characters = 0;
    for (std::size_t at = 0; at < password.size(); ++characters)
        (void)next_code_point(password, at);
    if (characters < kCharactersMin) return invalid("shorter than 12 characters", "password");
    std::string lower{password};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (std::find(kCommon.begin(), kCommon.end(), lower) != kCommon.end())
        return invalid("a common password", "password");
    return ok();
}

}  // namespace ventanilla::auth

#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

// How a call that can fail answers: a value or an Error, never both, never an exception. The codes are
// few because callers branch on them; everything else a person needs is in `detail` and `field`.

namespace ventanilla {

enum class Errc : std::uint8_t {
    Invalid,      // the input breaks a rule; 422
    NotFound,     // not there, or not for this person: one answer for both; 404
    Forbidden,    // there and visible, but this step is not theirs; 403
    Conflict,     // another write came first; 409
    TooLarge,     // over a limit of shared/base/limits.hpp; 413
    Unavailable,  // the world did not answer (disk, network, busy): try again; 503
    Corrupt,      // stored bytes are not what was written; handled, shown, never trusted
};

struct Error {
    Errc code = Errc::Invalid;
    std::string detail;  // English, for the log; never shown to a person as it is
    std::string field;   // the input at fault, empty when it is none in particular
};

struct Nothing {};

// A value or an Error. Reading the side that is not there is a bug and asserts in every build.
template <class T>
class [[nodiscard]] Result {
  public:
    using value_type = T;

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}          // NOLINT
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}      // NOLINT
    Result(Errc code) : state_(std::in_place_index<1>, Error{code, {}, {}}) {}     // NOLINT

    [[nodiscard]] bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    [[nodiscard]] const T& value() const& { return get<0>(); }
    [[nodiscard]] T& value() & { return get<0>(); }
    [[nodiscard]] T&& value() && { return std::move(get<0>()); }
    [[nodiscard]] const Error& error() const& { return get<1>(); }
    [[nodiscard]] Error&& error() && { return std::move(get<1>()); }

    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T& operator*() & { return value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] T value_or(T fallback) const& { return has_value() ? value() : std::move(fallback); }

  private:
    template <std::size_t I>
    auto& get() {
        auto* side = std::get_if<I>(&state_);
        assert(side != nullptr && "the other side of a Result was read");
        return *side;
    }
    template <std::size_t I>
    const auto& get() const {
        const auto* side = std::get_if<I>(&state_);
        assert(side != nullptr && "the other side of a Result was read");
        return *side;
    }

    std::variant<T, Error> state_;
};

using Status = Result<Nothing>;

inline Status ok() { return Nothing{}; }

inline Error invalid(std::string detail, std::string field = {}) {
    return {Errc::Invalid, std::move(detail), std::move(field)};
}

}  // namespace ventanilla

// Gives the value of a Result, or returns its Error from the function around it. One to a statement.
#define TRY(expression)                                                    \
    __extension__({                                                        \
        auto try_result = (expression);                                    \
        if (!try_result.has_value()) return std::move(try_result).error(); \
        std::move(try_result).value();                                     \
    })

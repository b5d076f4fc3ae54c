#pragma once

#include <array>
#include <optional>
#include <string_view>

// The names that enumerators have in rows, commands and URLs, as one table for each enumeration.
// Both directions read the same table, so a name can't be written that nobody reads back.

namespace ventanilla::domain {

template <class Enum>
struct Named {
    Enum value;
    std::string_view name;  // stored and sent: never renamed
};

template <class Enum, std::size_t N>
constexpr std::string_view name_in(const std::array<Named<Enum>, N>& table, Enum value) {
    for (const Named<Enum>& entry : table)
        if (entry.value == value) return entry.name;
    return {};
}

template <class Enum, std::size_t N>
constexpr std::optional<Enum> value_in(const std::array<Named<Enum>, N>& table,
                                       std::string_view name) {
    for (const Named<Enum>& entry : table)
        if (entry.name == name) return entry.value;
    return std::nullopt;
}

}  // namespace ventanilla::domain

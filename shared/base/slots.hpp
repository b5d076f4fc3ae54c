#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

// Sentences with gaps: "Updated {time}".

namespace ventanilla {

struct Slot {
    std::string_view name;
    std::string_view value;
};

// `text` with its slots filled. One that is not given stays as "{name}", and a test would show it.
// `number`, unless empty, is what {n} stands for.
std::string filled(std::string_view text,
                   std::initializer_list<Slot> slots,
                   std::string_view number = {});

}  // namespace ventanilla

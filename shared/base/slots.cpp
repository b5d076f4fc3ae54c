#include "shared/base/slots.hpp"

namespace ventanilla {
namespace {

const Slot* find(std::string_view name, std::initializer_list<Slot> slots) {
    for (const Slot& slot : slots) {
        if (slot.name == name) return &slot;
    }
    return nullptr;
}

}  // namespace

std::string filled(std::string_view text,
                   std::initializer_list<Slot> slots,
                   std::string_view number) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        out.append(text.substr(0, open));
        if (open == std::string_view::npos || close == std::string_view::npos) return out;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        const Slot* slot = find(name, slots);
        if (name == "n" && !number.empty())
            out.append(number);
        else if (slot != nullptr)
            out.append(slot->value);
        else
            out.append(text.substr(open, close - open + 1));
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace ventanilla

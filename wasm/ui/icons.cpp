#include "wasm/ui/icons_data.hpp"

namespace ventanilla::ui {

Icon icon_named(std::string_view name) {
    for (int i = 1; i < kIcons; ++i) {
        if (name == kIconNames[i]) return static_cast<Icon>(i);
    }
    return Icon::None;
}

const char* icon_name(Icon icon) {
    return kIconNames[static_cast<int>(icon)];
}

}  // namespace ventanilla::ui

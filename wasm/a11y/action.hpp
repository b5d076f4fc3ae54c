#pragma once

#include <cstdint>
#include <string>

#include "wasm/a11y/tree.hpp"

// What a person did to a node, as the mirror reports it. The DOM is the master of focus, editing,
// clicks and scrolling: nothing else tells the portal that a button was pressed, whatever device it
// came from.

namespace ventanilla::a11y {

struct Action {
    enum Kind : std::uint8_t {
        Click = 1,     // activation by any means; for links only a plain one
        SetValue = 2,  // `text` is the whole new value (also of Select: the option's value; Radio:
                       // its value)
        SetChecked = 3,  // `number` is 1 or 0
        KeyPress = 4,    // `number` is one Key bit that the node asked for
        Focus = 5,
        Blur = 6,
        Files = 7,  // `text`: JSON list of {name, bytes, type}; the files themselves stay in the
                    // platform
    };
    NodeId node = kNoNode;
    Kind kind = Click;
    std::int32_t number = 0;
    std::string text = {};
};

}  // namespace ventanilla::a11y

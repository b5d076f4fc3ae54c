#pragma once

// The measures that pages have in common, in CSS px.

namespace ventanilla::views {

inline constexpr float kFormPx = 640;     // what somebody fills in
inline constexpr float kTextPx = 720;     // what somebody reads
inline constexpr float kRowPx = 84;       // of a long list
inline constexpr int kPlainRowsMax = 40;  // shorter lists need no window

}  // namespace ventanilla::views

#pragma once

#include <string>

#include "shared/base/result.hpp"

// `ventanilla status uptime|times|recurrence`: a question in JSON, its answer in JSON.
// docs/status.md.

namespace ventanilla::admin {

// The content of `file`, or of standard input when it is empty. Errors: NotFound; TooLarge.
Result<std::string> input_of(const std::string& file);

// Errors of all three: Invalid and TooLarge with a sentence that names the member at fault.
Result<std::string> uptime_figures(const std::string& text);
Result<std::string> response_figures(const std::string& text);
Result<std::string> recurrence_preview(const std::string& text);

}  // namespace ventanilla::admin

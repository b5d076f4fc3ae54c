#include "server/http/log.hpp"

#include <chrono>
#include <cstdio>
#include <string>

#include "shared/base/text.hpp"
#include "shared/base/time.hpp"

namespace ventanilla::http {

void log(Level level, std::string_view text) {
    const auto now = std::chrono::floor<Millis>(std::chrono::system_clock::now());
    const std::string_view word = level == Level::Info      ? " info "
                                  : level == Level::Warning ? " warning "
                                                            : " error ";
    std::string line = concat(iso8601(now), word, text);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';  // one event, one line
    }
    line.push_back('\n');
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace ventanilla::http

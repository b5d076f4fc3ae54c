#include <cstdarg>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include <imgui.h>
#include <imgui_internal.h>

// Parts of Dear ImGui that a browser need not load: formatting and scanning of numbers for windows and widgets,
// none of which the portal has. Only in wasm builds.

int ImFormatStringV(char* out, std::size_t size, const char* format, va_list) {
    const std::size_t length = std::strlen(format);
    if (out == nullptr || size == 0) return static_cast<int>(length);
    const std::size_t kept = length < size - 1 ? length : size - 1;
    std::memcpy(out, format, kept);
    out[kept] = '\0';
    return static_cast<int>(kept);
}

int ImFormatString(char* out, std::size_t size, const char* format, ...) {
    va_list none;
    va_start(none, format);
    const int kept = ImFormatStringV(out, size, format, none);
    va_end(none);
    return kept;
}

// The one text that is scanned: "#version 300 es", for its number, by the OpenGL backend.
extern "C" int ventanilla_scan(const char* text, const char* format, ...) {
    const char* digits = std::strpbrk(text, "0123456789");
    if (digits == nullptr) return 0;
    va_list out;
    va_start(out, format);
    *va_arg(out, int*) = static_cast<int>(std::strtol(digits, nullptr, 10));
    va_end(out);
    return 1;
}

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <imgui.h>

// Triangles to pixels and pixels to a PNG file: the graphics card of the looks tool.

namespace ventanilla::looks {

struct Image {
    int width = 0, height = 0;
    std::vector<std::uint32_t> pixels;  // 0xAABBGGRR
};

Image drawn(const ImDrawData& data, int width, int height);
bool save_png(const Image& image, const std::string& path);

}  // namespace ventanilla::looks

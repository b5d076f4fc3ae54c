#include "tests/looks/raster.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ventanilla::looks {

namespace {

struct Colour {
    float r, g, b, a;
};

Colour unpacked(std::uint32_t c) {
    return {static_cast<float>(c & 0xFFU) / 255,
            static_cast<float>((c >> 8U) & 0xFFU) / 255,
            static_cast<float>((c >> 16U) & 0xFFU) / 255,
            static_cast<float>(c >> 24U) / 255};
}

std::uint32_t packed(float r, float g, float b) {
    const auto byte = [](float v) {
        return static_cast<std::uint32_t>(std::clamp(v, 0.0F, 1.0F) * 255 + 0.5F);
    };
    return byte(r) | byte(g) << 8U | byte(b) << 16U | 0xFF000000U;
}

Colour sample(ImTextureData& t, float u, float v) {
    const float x = u * static_cast<float>(t.Width) - 0.5F,
                y = v * static_cast<float>(t.Height) - 0.5F;
    const int ix = std::clamp(static_cast<int>(std::lround(x)), 0, t.Width - 1);
    const int iy = std::clamp(static_cast<int>(std::lround(y)), 0, t.Height - 1);
    return unpacked(*static_cast<std::uint32_t*>(t.GetPixelsAt(ix, iy)));
}

class Raster {
  public:
    Raster(Image& image, ImVec2 scale) : image_(image), scale_(scale) {}

    void triangle(const ImDrawVert& a,
                  const ImDrawVert& b,
                  const ImDrawVert& c,
                  const ImVec4& clip,
                  ImTextureData& texture) {
        const ImVec2 p = at(a), q = at(b), r = at(c);
        const double area = cross(p, q, r);
        if (area == 0) return;
        const int x0 = std::max({0,
                                 static_cast<int>(std::floor(std::min({p.x, q.x, r.x}))),
                                 static_cast<int>(clip.x * scale_.x)});
        const int y0 = std::max({0,
                                 static_cast<int>(std::floor(std::min({p.y, q.y, r.y}))),
                                 static_cast<int>(clip.y * scale_.y)});
        const int x1 = std::min({image_.width,
                                 static_cast<int>(std::ceil(std::max({p.x, q.x, r.x}))),
                                 static_cast<int>(clip.z * scale_.x)});
        const int y1 = std::min({image_.height,
                                 static_cast<int>(std::ceil(std::max({p.y, q.y, r.y}))),
                                 static_cast<int>(clip.w * scale_.y)});
        const Colour ca = unpacked(a.col), cb = unpacked(b.col), cc = unpacked(c.col);
        for (int y = y0; y < y1; ++y) {
            for (int x = x0; x < x1; ++x) {
                const ImVec2 s{static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F};
                const double sign = area > 0 ? 1 : -1;
                const double ea = cross(q, r, s) * sign, eb = cross(r, p, s) * sign,
                             ec = cross(p, q, s) * sign;
                const bool flip = area < 0;
                if (!inside(ea, q, r, flip) || !inside(eb, r, p, flip) || !inside(ec, p, q, flip))
                    continue;
                const auto wa = static_cast<float>(ea * sign / area),
                           wb = static_cast<float>(eb * sign / area);
                const float wc = 1 - wa - wb;
                const Colour t = sample(texture,
                                        wa * a.uv.x + wb * b.uv.x + wc * c.uv.x,
                                        wa * a.uv.y + wb * b.uv.y + wc * c.uv.y);
                blend(x,
                      y,
                      {(wa * ca.r + wb * cb.r + wc * cc.r) * t.r,
                       (wa * ca.g + wb * cb.g + wc * cc.g) * t.g,
                       (wa * ca.b + wb * cb.b + wc * cc.b) * t.b,
                       (wa * ca.a + wb * cb.a + wc * cc.a) * t.a});
            }
        }
    }

  private:
    [[nodiscard]] ImVec2 at(const ImDrawVert& v) const {
        const auto grid = [](float p) { return std::round(p * 256) / 256; };
        return {grid(v.pos.x * scale_.x), grid(v.pos.y * scale_.y)};
    }

    // Exact for corners on 1/256 px: neighbours then agree about every pixel between them.
    static double cross(ImVec2 a, ImVec2 b, ImVec2 c) {
        const auto d = [](float v) { return static_cast<double>(v); };
        return (d(b.x) - d(a.x)) * (d(c.y) - d(a.y)) - (d(b.y) - d(a.y)) * (d(c.x) - d(a.x));
    }

    // On the edge a pixel belongs to one of the two triangles beside it.
    static bool inside(double weight, ImVec2 from, ImVec2 to, bool flip) {
        if (weight != 0) return weight > 0;
        if (flip) std::swap(from, to);
        return from.y == to.y ? to.x > from.x : to.y > from.y;
    }

    void blend(int x, int y, const Colour& c) {
        std::uint32_t& pixel =
            image_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) +
                          static_cast<std::size_t>(x)];
        const Colour below = unpacked(pixel);
        pixel = packed(c.r * c.a + below.r * (1 - c.a),
                       c.g * c.a + below.g * (1 - c.a),
                       c.b * c.a + below.b * (1 - c.a));
    }

    Image& image_;
    ImVec2 scale_;
};

std::uint32_t crc(const std::string& bytes) {
    std::uint32_t c = 0xFFFFFFFFU;
    for (const char byte : bytes) {
        c ^= static_cast<unsigned char>(byte);
        for (int k = 0; k < 8; ++k)
            c = (c >> 1U) ^ ((c & 1U) != 0 ? 0xEDB88320U : 0);
    }
    return ~c;
}

void big_endian(std::string& out, std::uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(v >> static_cast<unsigned>(shift));
}

void chunk(std::string& out, const std::string& type, const std::string& data) {
    big_endian(out, static_cast<std::uint32_t>(data.size()));
    out += type + data;
    big_endian(out, crc(type + data));
}

// zlib without compression.
std::string stored(const std::string& raw) {
    std::string out = "\x78\x01";
    std::uint32_t a = 1, b = 0;
    for (const char byte : raw) {
        a = (a + static_cast<unsigned char>(byte)) % 65521;
        b = (b + a) % 65521;
    }
    for (std::size_t at = 0; at < raw.size(); at += 65535) {
        const std::size_t n = std::min<std::size_t>(65535, raw.size() - at);
        out += static_cast<char>(at + n == raw.size() ? 1 : 0);
        out += static_cast<char>(n & 0xFFU);
        out += static_cast<char>(n >> 8U);
        out += static_cast<char>(~n & 0xFFU);
        out += static_cast<char>((~n >> 8U) & 0xFFU);
        out.append(raw, at, n);
    }
    big_endian(out, b << 16U | a);
    return out;
}

}  // namespace

Image drawn(const ImDrawData& data, int width, int height) {
    Image image{width, height, {}};
    image.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                        0xFFFFFFFFU);
    Raster raster(image, data.FramebufferScale);
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& cmd : list->CmdBuffer) {
            ImTextureData* texture = cmd.TexRef._TexData;
            if (texture == nullptr) continue;
            for (unsigned i = 0; i + 2 < cmd.ElemCount; i += 3) {
                const auto vertex = [&](unsigned k) -> const ImDrawVert& {
                    const unsigned index = list->IdxBuffer[static_cast<int>(cmd.IdxOffset + i + k)];
                    return list->VtxBuffer[static_cast<int>(cmd.VtxOffset + index)];
                };
                raster.triangle(vertex(0), vertex(1), vertex(2), cmd.ClipRect, *texture);
            }
        }
    }
    return image;
}

bool save_png(const Image& image, const std::string& path) {
    std::string raw;
    for (int y = 0; y < image.height; ++y) {
        raw += '\0';
        for (int x = 0; x < image.width; ++x) {
            const std::uint32_t p =
                image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                             static_cast<std::size_t>(x)];
            for (unsigned shift = 0; shift < 24; shift += 8)
                raw += static_cast<char>(p >> shift);
        }
    }
    std::string header;
    big_endian(header, static_cast<std::uint32_t>(image.width));
    big_endian(header, static_cast<std::uint32_t>(image.height));
    header += std::string("\x08\x02\x00\x00\x00", 5);
    std::string out = "\x89PNG\r\n\x1A\n";
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", stored(raw));
    chunk(out, "IEND", {});
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return false;
    const bool ok = std::fwrite(out.data(), 1, out.size(), file) == out.size();
    return std::fclose(file) == 0 && ok;
}

}  // namespace ventanilla::looks

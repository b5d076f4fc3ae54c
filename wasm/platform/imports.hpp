#pragma once

#include <cstddef>
#include <cstdint>

// The browser, as functions of wasm/platform/js/platform.js. Strings go out as address and size in
// UTF-8. Nothing else in the portal calls the browser.

extern "C" {

// Starts listening. Events are written to `records` (room for `capacity`) before each pf_turn.
void pf_start(void* records, std::uint32_t capacity);
void pf_wake_in(double ms);  // one Tick after that time; replaces the one before; negative: none

void pf_effects(const std::uint32_t* words, std::size_t count, const char* bytes, std::size_t size);
void pf_mirror(const std::uint32_t* words, std::size_t count, const char* bytes, std::size_t size);
void pf_document(float height,
                 const char* title,
                 std::size_t title_size,
                 const char* lang,
                 std::size_t lang_size,
                 std::uint32_t modal);
void pf_focus(std::uint32_t node);
void pf_theme(const char* name, std::size_t size);
int pf_can_draw();  // brings the canvas to its size; 0 in DOM mode

double pf_now();   // milliseconds that only run forward
double pf_wall();  // milliseconds since 1970
void pf_random(void* out, std::size_t size);
double pf_parse_number(const char* text, std::size_t size);  // one number of JSON, rounded exactly

void pf_glyph_metrics(int face, float px, float* ascent_descent);
float pf_glyph_advance(std::uint32_t code_point, int face, float px);
struct PfGlyph {
    std::int32_t width, height, left, top, coloured;
    float advance;
};
std::uint8_t* pf_glyph_draw(std::uint32_t code_point,
                            int face,
                            float px,
                            PfGlyph* out);  // RGBA, to be freed

// Texts of Intl: written to `out`, at most `capacity` bytes; give the size.
std::size_t pf_date(int lang,
                    const char* zone,
                    std::size_t zone_size,
                    double ms,
                    int style,
                    char* out,
                    std::size_t capacity);
std::size_t pf_number(int lang, double value, int digits, char* out, std::size_t capacity);
std::size_t pf_city(const char* zone, std::size_t zone_size, char* out, std::size_t capacity);
void pf_civil(const char* zone, std::size_t zone_size, double ms, std::int32_t* six);

}  // extern "C"

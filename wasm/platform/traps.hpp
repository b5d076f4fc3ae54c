#pragma once

// Included ahead of every file of a wasm build. Asserts of the libraries stop the program as everywhere, but
// without carrying the text of each of their thousand conditions to every visitor (10 KB of brotli).

#define JSON_ASSERT(condition) ((condition) ? void() : __builtin_trap())
#define IM_ASSERT(condition) ((condition) ? void() : __builtin_trap())

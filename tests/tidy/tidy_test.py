#!/usr/bin/env python3
"""Shows that each style test can fail and can pass. Run by ctest as `tidy.self`."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_layers  # noqa: E402
import check_style  # noqa: E402


def complaints(checker, name, text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode())
        return "\n".join(checker.complaints(pathlib.Path(folder)))


class Style(unittest.TestCase):
    def refuses(self, name, text, word):
        self.assertIn(word, complaints(check_style, name, text))

    def accepts(self, name, text):
        self.assertEqual(complaints(check_style, name, text), "")

    def test_width(self):
        self.refuses("a/b/c.cpp", "x" * 101 + "\n", "101 columns")
        self.accepts("a/b/c.cpp", "x" * 100 + "\n")

    def test_width_counts_letters_and_not_bytes(self):
        self.accepts("a/b/c.cpp", "ñ" * 100 + "\n")

    def test_file_length(self):
        self.refuses("shared/base/c.cpp", "int a;\n" * 501, "501 lines")
        self.accepts("tests/unit/c.cpp", "int a;\n" * 501)
        self.refuses("tests/unit/c.cpp", "int a;\n" * 701, "701 lines")

    def test_function_length(self):
        body = "    step();\n" * 69
        self.refuses("a/b/c.cpp", f"int f(int x) {{\n{body}}}\n", "a function of 71 lines")
        self.accepts("a/b/c.cpp", f"int f(int x) {{\n{body[:-12]}}}\n")
        self.refuses("a/b/c.mjs", f"  async go(x) {{\n{body}  }}\n", "a function of 71 lines")

    def test_markers(self):
        self.refuses("a/b/c.cpp", "// TODO: later\n", "marker")
        self.accepts("a/b/c.cpp", "// TODO(#12): later\n")

    def test_banned_calls(self):
        self.refuses("shared/base/c.cpp", "    throw 1;\n", "banned")
        self.accepts("server/http/c.cpp", "    throw 1;\n")
        self.accepts("shared/base/c.cpp", "    // we never throw 1;\n")
        self.refuses("wasm/ui/c.cpp", "#include <iostream>\n", "banned")
        self.refuses("shared/base/c.cpp", "std::ranges::sort(v);\n", "banned")
        self.refuses("a/b/c.cpp", "sprintf(x);\n", "banned")
        self.refuses("tests/unit/c.cpp", "TEST(A, DISAB" "LED_B)\n", "banned")
        self.refuses("public/x/boot.js", "a.innerHTML = b;\n", "banned")
        self.refuses("wasm/platform/p.js", "FS.syncfs(false, f);\n", "banned")

    def test_host_names(self):
        self.refuses("a/package-lock.json", '"https://registry.npm' + 'js.org/x"\n', "host")

    def test_markdown(self):
        self.refuses("docs/a.md", "\n", "empty")
        self.refuses("docs/a.md", "words\n", "without a title")
        self.accepts("docs/a.md", "# Words\n")
        self.accepts("docs/a.md", "---\ntitle: Words\n---\nwords\n")

    def test_headers(self):
        self.refuses("a/b/c.hpp", "int a;\n", "pragma once")
        self.accepts("a/b/c.hpp", "#pragma once\n")

    def test_raggedness(self):
        self.refuses("a/b/c.cpp", "int a; \n", "blanks")
        self.refuses("a/b/c.cpp", "\tint a;\n", "tab")
        self.refuses("a/b/c.cpp", "int a;", "line end")
        self.refuses("a/b/c.cpp", "int a;\r\n", "Windows")

    def test_depth(self):
        self.refuses("shared/base/x/c.cpp", "int a;\n", "deeper")


class Layers(unittest.TestCase):
    def refuses(self, name, text, word):
        self.assertIn(word, complaints(check_layers, name, text))

    def accepts(self, name, text):
        self.assertEqual(complaints(check_layers, name, text), "")

    def test_includes(self):
        self.refuses("shared/base/a.cpp", '#include "shared/domain/row.hpp"\n', "may not include")
        self.accepts("shared/domain/a.cpp", '#include "shared/base/json.hpp"\n')
        self.refuses("shared/sync/a.cpp", '#include "server/store/store.hpp"\n', "may not include")
        self.refuses("wasm/views/a.cpp", '#include "wasm/app/app.hpp"\n', "may not include")
        self.refuses("shared/novel/a.cpp", "\n", "is no layer")

    def test_third_parties(self):
        self.refuses("server/api/a.cpp", "#include <boost/asio.hpp>\n", "server/http only")
        self.refuses("wasm/views/a.cpp", '#include "imgui.h"\n', "wasm/ui")
        self.refuses("shared/sync/a.cpp", "#include <nlohmann/json.hpp>\n", "shared/base only")
        self.accepts("server/http/a.cpp", "#include <boost/asio.hpp>\n")

    def test_absences(self):
        self.refuses("server/api/a.cpp", 'run("SELECT id FROM rows");\n', "SQL")
        self.accepts("server/store/a.cpp", 'run("SELECT id FROM rows");\n')
        self.refuses("wasm/views/a.cpp", "ImGui::Text(x);\n", "ImGui")
        self.accepts("wasm/views/a.cpp", "// unlike ImGui::Text\n")
        self.refuses("wasm/app/a.cpp", "EM_JS(void, f, (), {})\n", "Emscripten")
        self.refuses("shared/sync/a.cpp", "auto t = std::chrono::steady_clock::now();\n", "a clock")
        self.refuses("shared/base/a.cpp", "std::random_device d;\n", "a random device")
        self.refuses("wasm/views/a.cpp", 'ui.paint("#ff0000");\n', "a colour")

    def test_sentences(self):
        self.refuses("wasm/views/a.cpp", 'ui.text("No pudimos enviarla todavía");\n', "a sentence")
        self.accepts("wasm/views/a.cpp", 'assert(x && "this can not happen");\n')
        self.accepts("wasm/views/a.cpp", 'ui.text(tr(Key::NotSent));  // "no se ha enviado"\n')


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Fails on what docs/STYLE.md counts: width, length, markers, banned calls, bare Markdown.

Run by ctest as `tidy.style`. One rule, one function that yields complaints; tidy_test.py shows that each can fail.
"""

import pathlib
import re
import sys

COLUMNS_MAX = 100
FILE_LINES_MAX, TEST_LINES_MAX = 500, 700
FUNCTION_LINES_MAX = 70
FOLDERS_MAX = 3  # area/layer/file

CODE = {".hpp", ".cpp", ".mjs", ".js", ".css", ".py"}
WORDS = CODE | {".md", ".txt", ".cmake", ".json", ".html", ".yml", ".sh", ""}
SKIPPED = {"build", "node_modules", "data", ".git", ".cache", "corpus"}

PORTAL_AND_SHARED = r"^(shared|wasm)/"
# (pattern, where, where not, what to do instead)
BANNED = [
    (r"\bthrow\b(?! *\(\))|\btry \{|\bcatch \(", r"^(shared|wasm|server)/.*pp$",
     r"^server/(http/|store/|main\.cpp)", "Result and TRY"),
    (r"#include <(iostream|sstream|regex|locale)>", PORTAL_AND_SHARED, None,
     "shared/base/text: each costs the bundle 30 KB and more"),
    (r"#include <(ranges|format|coroutine|source_location)>|\bstd::(ranges::|bit_cast|jthread\b)",
     PORTAL_AND_SHARED, None, "what libc++ 13 has (style.md 3.5)"),
    (r"\b(strcpy|strcat|sprintf|gets|atoi|atof)\(", r"pp$", None,
     "std::string and shared/base/text"),
    (r"\b(sleep_for|sleep_until|usleep)\b", r"^(shared|wasm|tests/(unit|views|contract|sim))/",
     None, "a Clock, or time as an argument"),
    (r"\bDISABLED_|\bGTEST_SKIP\b", r"^tests/", None, "a test that asserts today's answer"),
    (r"\busing namespace\b", r"\.hpp$", None, "names written out"),
    (r"\bsystem\(|\bpopen\(", r"^(shared|wasm|server)/.*pp$", None, "no shell at all"),
    (r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\b",
     r"^(public|wasm)/", None, "createElement and textContent (Trusted Types)"),
    (r"setAttribute\('style'", r"^(public|wasm)/", None,
     "el.style.x = …: the policy blocks the attribute"),
    (r"syncfs\(false", r"^(public|wasm)/", None, "the durable commit (sync.md 2.9)"),
    (r"\b(test|it|describe)\.(skip|only)\b", r"^tests/", None, "a test that runs"),
]
MARKER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)")
# Written in halves, so that this file does not name what it forbids.
HOSTS = re.compile(r"(registry\.npm" r"js|deb\.deb" r"ian\.org|pypi\." r"org|npmjs\.(com|org)|"
                   r"crates\." r"io|yarn" r"pkg\.com|artifact" r"registry|proxy\.go" r"lang)")
FUNCTION = re.compile(
    r"^(?P<indent> *)"
    r"(?!(?:if|else|for|while|switch|do|return|namespace|struct|class|enum|case)\b|\}|//|#)"
    r"\S.*\)(?: const| noexcept| override| &&?| -> [^{]+| = default)*\s*\{$")
NESTED = re.compile(r"=> \{$|\bfunction\b")
CONTROL = re.compile(r"^\s*(async )?(if|else|for|while|switch|do|catch|with)\b")


def long_lines(name, lines, _text):
    if pathlib.PurePath(name).suffix not in CODE and not name.endswith("CMakeLists.txt"):
        return
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX and "http" not in line:
            yield f"{name}:{number}: {len(line)} columns, at most {COLUMNS_MAX}"


def long_files(name, lines, _text):
    if pathlib.PurePath(name).suffix not in CODE:
        return
    most = TEST_LINES_MAX if name.startswith("tests/") else FILE_LINES_MAX
    if len(lines) > most:
        yield f"{name}: {len(lines)} lines, at most {most}; a file is one noun"


def long_functions(name, lines, _text):
    if pathlib.PurePath(name).suffix not in {".hpp", ".cpp", ".mjs", ".js"}:
        return
    for start, line in enumerate(lines):
        match = FUNCTION.match(line)
        if not match or CONTROL.match(line):
            continue
        closing = re.compile(re.escape(match["indent"]) + r"\}")
        for end in range(start + 1, len(lines)):
            if closing.match(lines[end]):
                # A script's closure is its file; what counts is the functions inside.
                is_module = name.endswith("js") and any(map(NESTED.search, lines[start + 1:end]))
                if end - start + 1 > FUNCTION_LINES_MAX and not is_module:
                    yield (f"{name}:{start + 1}: a function of {end - start + 1} lines, "
                           f"at most {FUNCTION_LINES_MAX}")
                break


def ragged_text(name, lines, text):
    if "\r" in text:
        yield f"{name}: Windows line ends"
    if text and not text.endswith("\n"):
        yield f"{name}: no line end at the end"
    suffix = pathlib.PurePath(name).suffix
    for number, line in enumerate(lines, 1):
        if suffix in CODE and "\t" in line:
            yield f"{name}:{number}: a tab"
        if suffix in CODE and line != line.rstrip():
            yield f"{name}:{number}: blanks at the end of the line"


def markers(name, lines, _text):
    if pathlib.PurePath(name).suffix not in CODE or name.startswith("tests/tidy/"):
        return
    for number, line in enumerate(lines, 1):
        if MARKER.search(line):
            yield f"{name}:{number}: a marker without an issue number (#12)"


def banned_calls(name, lines, _text):
    if pathlib.PurePath(name).suffix not in CODE:
        return
    for pattern, where, where_not, instead in BANNED:
        if not re.search(where, name) or (where_not and re.search(where_not, name)):
            continue
        for number, line in enumerate(lines, 1):
            code = re.sub(r"(^|\s)//.*", "", line)
            found = re.search(pattern, code)
            if found:
                yield f"{name}:{number}: {found.group(0).strip()} is banned here; use {instead}"


def host_names(name, lines, _text):
    for number, line in enumerate(lines, 1):
        if HOSTS.search(line):
            yield f"{name}:{number}: names a registry's host"


def bare_markdown(name, _lines, text):
    if not name.endswith(".md"):
        return
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).strip()
    titled = body.startswith("# ") or re.search(r"\A---\n(.*\n)*?title\w*:", text)
    if not body:
        yield f"{name}: an empty page"
    elif not titled:
        yield f"{name}: a page without a title"


def bare_headers(name, lines, _text):
    if name.endswith(".hpp") and "#pragma once" not in lines:
        yield f"{name}: no #pragma once"


def deep_folders(name, _lines, _text):
    own = re.match(r"(shared|wasm|server)/(?!platform/js/)", name)
    if own and name.count("/") >= FOLDERS_MAX:
        yield f"{name}: nothing lies deeper than area/layer/file"


RULES = [long_lines, long_files, long_functions, ragged_text, markers, banned_calls, host_names,
         bare_markdown, bare_headers, deep_folders]


def files(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if SKIPPED.intersection(parts) or path.is_symlink() or not path.is_file():
            continue
        if path.suffix in WORDS:
            yield path


def complaints(root):
    for path in files(root):
        name = path.relative_to(root).as_posix()
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            yield f"{name}: not UTF-8"
            continue
        for rule in RULES:
            yield from rule(name, text.splitlines(), text)


if __name__ == "__main__":
    # check_style.py [ROOT] [--without RULE]...: a rule by its name above.
    RULES = [r for r in RULES if r.__name__ not in sys.argv[2:]]
    found = list(complaints(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "style: clean")
    sys.exit(bool(found))

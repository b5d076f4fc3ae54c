#!/usr/bin/env python3
"""Turns assets/icons/*.svg and assets/theme/*.json into C++: generate.py ASSETS OUT.

Icons become move/line/cubic commands in tenths of the 24 px box, one byte a number; arcs and
ellipses become cubics here, so that the portal needs no SVG reader. Only files that changed are
written.
"""

import json
import math
import pathlib
import re
import sys
import xml.etree.ElementTree as ET

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
PALETTE = """
    bg surface surface_2 line line_strong text text_2
    accent accent_text accent_soft accent_hover accent_press hover press
    neutral neutral_soft neutral_line ok ok_soft ok_line ok_bar info info_soft info_line
    warn warn_soft warn_line warn_bar crit crit_soft crit_line maint maint_soft maint_line
    focus shadow scrim skeleton
""".split()


def camel(name):
    return "".join(part.capitalize() for part in re.split(r"[-_]", name))


def arc_to_cubics(x1, y1, rx, ry, phi_deg, large, sweep, x2, y2):
    """SVG 1.1 appendix F.6."""
    if rx == 0 or ry == 0 or (x1 == x2 and y1 == y2):
        return [(x1, y1, x2, y2, x2, y2)]
    phi = math.radians(phi_deg)
    c, s = math.cos(phi), math.sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    xp, yp = c * dx + s * dy, -s * dx + c * dy
    rx, ry = abs(rx), abs(ry)
    scale = xp * xp / (rx * rx) + yp * yp / (ry * ry)
    if scale > 1:
        rx, ry = rx * math.sqrt(scale), ry * math.sqrt(scale)
    num = rx * rx * ry * ry - rx * rx * yp * yp - ry * ry * xp * xp
    den = rx * rx * yp * yp + ry * ry * xp * xp
    k = math.sqrt(max(0, num / den)) * (-1 if large == sweep else 1)
    cxp, cyp = k * rx * yp / ry, -k * ry * xp / rx
    cx, cy = c * cxp - s * cyp + (x1 + x2) / 2, s * cxp + c * cyp + (y1 + y2) / 2
    start = math.atan2((yp - cyp) / ry, (xp - cxp) / rx)
    end = math.atan2((-yp - cyp) / ry, (-xp - cxp) / rx)
    sweep_angle = end - start
    if sweep and sweep_angle < 0:
        sweep_angle += 2 * math.pi
    if not sweep and sweep_angle > 0:
        sweep_angle -= 2 * math.pi
    parts = max(1, math.ceil(abs(sweep_angle) / (math.pi / 2) - 1e-9))
    step = sweep_angle / parts
    t = 4 / 3 * math.tan(step / 4)

    def point(ux, uy):
        return c * rx * ux - s * ry * uy + cx, s * rx * ux + c * ry * uy + cy

    out = []
    for i in range(parts):
        a, b = start + i * step, start + (i + 1) * step
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        p1 = point(ca - t * sa, sa + t * ca)
        p2 = point(cb + t * sb, sb - t * cb)
        p3 = point(cb, sb)
        out.append((*p1, *p2, *p3))
    return out


def path_commands(d):
    """Absolute M, L, C, Z of a path's data."""
    out, x, y, sx, sy, letter, last_c = [], 0.0, 0.0, 0.0, 0.0, "", None
    raw, pos = d, 0

    def skip():
        nonlocal pos
        while pos < len(raw) and raw[pos] in " ,\t\r\n":
            pos += 1

    def num():
        nonlocal pos
        skip()
        m = NUMBER.match(raw, pos)
        pos = m.end()
        return float(m.group())

    def flag():
        nonlocal pos
        skip()
        pos += 1
        return raw[pos - 1] == "1"

    while True:
        skip()
        if pos >= len(raw):
            break
        if raw[pos].isalpha():
            letter = raw[pos]
            pos += 1
        elif letter in "mM":
            letter = "l" if letter == "m" else "L"
        rel = letter.islower()
        ox, oy = (x, y) if rel else (0, 0)
        kind = letter.upper()
        if kind == "M":
            x, y = num() + ox, num() + oy
            sx, sy = x, y
            out.append(("M", (x, y)))
        elif kind == "L":
            x, y = num() + ox, num() + oy
            out.append(("L", (x, y)))
        elif kind == "H":
            x = num() + ox
            out.append(("L", (x, y)))
        elif kind == "V":
            y = num() + oy
            out.append(("L", (x, y)))
        elif kind in "CS":
            if kind == "C":
                a, b = num() + ox, num() + oy
            else:
                a, b = (2 * x - last_c[0], 2 * y - last_c[1]) if last_c else (x, y)
            c, d2 = num() + ox, num() + oy
            x, y = num() + ox, num() + oy
            out.append(("C", (a, b, c, d2, x, y)))
            last_c = (c, d2)
            continue
        elif kind == "Q":
            a, b = num() + ox, num() + oy
            px, py = x, y
            x, y = num() + ox, num() + oy
            out.append(("C", (px + 2 / 3 * (a - px), py + 2 / 3 * (b - py),
                              x + 2 / 3 * (a - x), y + 2 / 3 * (b - y), x, y)))
        elif kind == "A":
            rx, ry, phi = num(), num(), num()
            large, sweep = flag(), flag()
            px, py = x, y
            x, y = num() + ox, num() + oy
            for cubic in arc_to_cubics(px, py, rx, ry, phi, large, sweep, x, y):
                out.append(("C", cubic))
        elif kind == "Z":
            out.append(("Z", ()))
            x, y = sx, sy
        else:
            raise SystemExit(f"path command {letter} is not handled")
        last_c = None
    return out


def ellipse(cx, cy, rx, ry):
    k = 0.5522847498
    return [("M", (cx + rx, cy)),
            ("C", (cx + rx, cy + k * ry, cx + k * rx, cy + ry, cx, cy + ry)),
            ("C", (cx - k * rx, cy + ry, cx - rx, cy + k * ry, cx - rx, cy)),
            ("C", (cx - rx, cy - k * ry, cx - k * rx, cy - ry, cx, cy - ry)),
            ("C", (cx + k * rx, cy - ry, cx + rx, cy - k * ry, cx + rx, cy)), ("Z", ())]


def shape(element):
    tag = element.tag.split("}")[-1]
    g = lambda n, f=0.0: float(element.get(n, f))
    if tag == "path":
        return path_commands(element.get("d"))
    if tag == "circle":
        return ellipse(g("cx"), g("cy"), g("r"), g("r"))
    if tag == "ellipse":
        return ellipse(g("cx"), g("cy"), g("rx"), g("ry"))
    if tag == "line":
        return [("M", (g("x1"), g("y1"))), ("L", (g("x2"), g("y2")))]
    if tag in ("polyline", "polygon"):
        n = [float(v) for v in NUMBER.findall(element.get("points"))]
        out = [("M" if i == 0 else "L", (n[i], n[i + 1])) for i in range(0, len(n), 2)]
        return out + ([("Z", ())] if tag == "polygon" else [])
    if tag == "rect":
        x, y, w, h = g("x"), g("y"), g("width"), g("height")
        r = min(g("rx", element.get("ry", 0)), w / 2, h / 2)
        if r == 0:
            return path_commands(f"M{x} {y}H{x + w}V{y + h}H{x}Z")
        arc = f"A{r} {r} 0 0 1"
        d = (f"M{x + r} {y}H{x + w - r}{arc} {x + w} {y + r}V{y + h - r}{arc} {x + w - r} {y + h}"
             f"H{x + r}{arc} {x} {y + h - r}V{y + r}{arc} {x + r} {y}Z")
        return path_commands(d)
    raise SystemExit(f"<{tag}> is not handled")


def encode(svg):
    codes = {"M": 1, "L": 2, "C": 3, "Z": 4, "fill": 5}
    data = []
    for element in ET.parse(svg).getroot():
        commands = shape(element)
        for kind, numbers in commands:
            data.append(codes[kind])
            data += [max(0, min(255, round(v * 10))) for v in numbers]
        if element.get("fill", "none") != "none":
            data.append(codes["fill"])
    return data


def write(path, text):
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def rows(numbers):
    lines = [numbers[i:i + 16] for i in range(0, len(numbers), 16)]
    return ["    " + ", ".join(map(str, line)) + "," for line in lines]


def icons(assets, out):
    files = sorted((assets / "icons").glob("*.svg"))
    names = [f.stem for f in files]
    header = ["#pragma once", "", "#include <cstdint>", "#include <string_view>", "",
              "// Written by wasm/ui/generate.py from assets/icons.", "",
              "namespace ventanilla::ui {", "",
              "enum class Icon : std::uint8_t {", "    None,"]
    header += [f"    {camel(n)}," for n in names]
    header += ["};", f"inline constexpr int kIcons = {len(names) + 1};", "",
               "// The icon of that file name (\"key-round\"); None when there is none.",
               "Icon icon_named(std::string_view name);", "const char* icon_name(Icon icon);", "",
               "}  // namespace ventanilla::ui", ""]
    offsets, data = [0, 0], []
    for f in files:
        data += encode(f)
        offsets.append(len(data))
    body = ['#include "wasm/ui/icons_data.hpp"', "", "namespace ventanilla::ui {", "",
            f"const std::uint16_t kIconOffsets[{len(offsets)}] = {{"]
    body += rows(offsets)
    body += ["};", f"const std::uint8_t kIconData[{len(data)}] = {{"]
    body += rows(data)
    body += ["};", f"const char* const kIconNames[{len(names) + 1}] = {{", '    "",']
    body += [f'    "{n}",' for n in names]
    body += ["};", "", "}  // namespace ventanilla::ui", ""]
    write(out / "icons_gen.hpp", "\n".join(header))
    write(out / "icons_gen.cpp", "\n".join(body))


def colour(text):
    digits = text.lstrip("#")
    value = [int(digits[i:i + 2], 16) for i in range(0, len(digits), 2)]
    return "0x%02X%02X%02X%02XU" % (*value[:3], value[3] if len(value) == 4 else 255)


def theme(assets, out):
    sizes = json.loads((assets / "theme" / "sizes.json").read_text())
    names = list(sizes["page"])
    unknown = set(sizes["kiosk"]) - set(names)
    if unknown:
        raise SystemExit(f"sizes.json: kiosk names {unknown} which page does not")
    header = ["#pragma once", "", "#include <cstdint>", "",
              "// Written by wasm/ui/generate.py from assets/theme. Colours are 0xRRGGBBAA.",
              "",
              "namespace ventanilla::ui {", "", "struct Palette {"]
    header += [f"    std::uint32_t {n};" for n in PALETTE]
    header += ["    float shadow_alpha;", "};",
               "extern const Palette kPalettes[3];  // by ThemeName",
               "",
               "struct Sizes {"]
    header += [f"    float {n};" for n in names]
    header += ["};", "extern const Sizes kPageSizes;", "extern const Sizes kKioskSizes;", "",
               "}  // namespace ventanilla::ui", ""]
    body = ['#include "wasm/ui/theme_gen.hpp"', "", "namespace ventanilla::ui {", "",
            "const Palette kPalettes[3] = {"]
    for name in ("light", "dark", "contrast"):
        tokens = json.loads((assets / "theme" / f"{name}.json").read_text())
        wrong = set(tokens) ^ (set(PALETTE) | {"shadow_alpha"})
        if wrong:
            raise SystemExit(f"{name}.json: {', '.join(sorted(wrong))} missing or unknown")
        body += ["    {" + ", ".join(colour(tokens[n]) for n in PALETTE)
                 + f", {float(tokens['shadow_alpha'])}F" + "},"]
    body += ["};"]
    kiosk = {**sizes["page"], **sizes["kiosk"]}
    for label, table in (("kPageSizes", sizes["page"]), ("kKioskSizes", kiosk)):
        values = ", ".join(f"{float(table[n])}F" for n in names)
        body += [f"const Sizes {label} = {{{values}}};"]
    body += ["", "}  // namespace ventanilla::ui", ""]
    write(out / "theme_gen.hpp", "\n".join(header))
    write(out / "theme_gen.cpp", "\n".join(body))


if __name__ == "__main__":
    assets_dir, out_dir = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out_dir.mkdir(parents=True, exist_ok=True)
    icons(assets_dir, out_dir)
    theme(assets_dir, out_dir)

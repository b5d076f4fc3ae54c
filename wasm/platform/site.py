#!/usr/bin/env python3
"""Makes the folder the server serves from public/ and the built program.

Everything under app/ has its content's hash in its name and may be cached for ever; index.html, sw.js and
version.json name exactly one such bundle. Each file also lies there compressed (.br, .gz).
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

from icons import write_icons  # noqa: E402

INTER = "/usr/share/fonts/opentype/inter/Inter-Regular.otf"
LETTERS = "U+20-7E,U+A0-17F,U+2013,U+2014,U+2018-201E,U+2022,U+2026,U+2030,U+2039,U+203A,U+20AC,U+2190-2193,U+2212,U+25CF,U+FFFD"
COMPRESSED = {".html", ".js", ".css", ".wasm", ".json", ".svg", ".webmanifest", ".otf"}


class Site:
    def __init__(self, public, out):
        self.public = public
        self.out = out
        self.names = {}  # placeholder -> address, in the order of adding

    def add(self, name, data):
        """Puts `data` under its hash; {{name}} in other files becomes its address."""
        stem, suffix = name.rsplit(".", 1)
        path = f"app/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
        self.write(path, data)
        self.names[name] = "/" + path

    def write(self, path, data):
        file = self.out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def filled(self, text):
        for name, address in self.names.items():
            text = text.replace("{{" + name + "}}", address)
        return text.encode()

    def source(self, name):
        return (self.public / name).read_text()


def own_font(out):
    """The Latin part of one face, for browsers that falsify what they draw."""
    target = out / "own-font.tmp"
    subprocess.run(["pyftsubset", INTER, f"--unicodes={LETTERS}", f"--output-file={target}", "--layout-features=",
                    "--no-hinting", "--desubroutinize", "--notdef-outline"], check=True)
    data = target.read_bytes()
    target.unlink()
    return data


def theme_css(folder):
    """The tokens of assets/theme as custom properties, light being what holds before a theme is known."""
    rules = []
    for name in ("light", "dark", "contrast"):
        file = folder / f"{name}.json"
        tokens = json.loads(file.read_text()) if file.exists() else {}
        colours = "".join(f"--{key.replace('_', '-')}:{value};" for key, value in tokens.items()
                          if isinstance(value, str) and value.startswith("#"))
        scheme = "dark" if name == "dark" else "light"
        selector = ":root" if name == "light" else f":root[data-theme={name}]"
        rules.append(f"{selector}{{color-scheme:{scheme};{colours}}}\n")
    return "".join(rules)


def files_of(site):
    kept = [path for name, path in site.names.items() if name not in ("build", "own-font.otf")]
    return ["/", *kept, site.names["own-font.otf"], "/manifest.webmanifest", "/icons/icon.svg", "/icons/icon-192.png"]


def make(public, theme, program, markdown, out):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    site = Site(public, out)
    site.add("own-font.otf", own_font(out))
    site.add("portal.wasm", (program / "portal.wasm").read_bytes())
    site.add("markdown.wasm", markdown.read_bytes())
    site.add("portal.js", (program / "portal.js").read_bytes())
    site.add("early.js", site.source("early.js").encode())
    site.add("boot.js", site.source("boot.js").encode())
    site.add("app.css", site.filled(theme_css(theme) + site.source("mirror.css") + site.source("flow.css")))
    shell = site.source("index.html")
    everything = shell + site.source("sw.js") + "".join(site.names.values())
    site.names["build"] = hashlib.sha256(everything.encode()).hexdigest()[:12]
    site.write("index.html", site.filled(shell))
    listed = ", ".join(f"'{path}'" for path in files_of(site))
    site.write("sw.js", site.filled(site.source("sw.js").replace("/*{{files}}*/", listed)))
    site.write("manifest.webmanifest", site.source("manifest.webmanifest").encode())
    site.write("icons/icon.svg", site.source("icons/icon.svg").encode())
    write_icons(out / "icons")
    compress(out)
    version = {"build": site.names["build"], "built": int(time.time())}
    site.write("version.json", (json.dumps(version) + "\n").encode())


def compress(out):
    for file in sorted(out.rglob("*")):
        if file.suffix not in COMPRESSED or not file.is_file():
            continue
        file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
        subprocess.run(["brotli", "-q", "11", "-f", "-k", str(file)], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("public", "theme", "program", "markdown", "out"):
        parser.add_argument(f"--{option}", type=pathlib.Path, required=True)
    options = parser.parse_args()
    make(options.public, options.theme, options.program, options.markdown, options.out)

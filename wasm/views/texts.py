#!/usr/bin/env python3
"""Turns assets/i18n/{es,en}.json into the C++ table of wasm/views/i18n.hpp, or fails with what is wrong.

    texts.py ES.json EN.json OUT.hpp [NAMESPACE]

The server has texts of its own (assets/i18n/public), so that the portal need not carry them.

Keys are flat ("home.title"); slots are {name}; a text that counts has two keys, KEY_one and KEY_other, and
the slot {n}. Both files must have the same keys, and a key the same slots in both. Keys under DYNAMIC arrive
by name from rules and commands, so only those keep their names in the table.
"""

import json
import pathlib
import re
import sys

DYNAMIC = ("reject.", "form.error.", "policy.")
KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
SLOT = re.compile(r"\{([a-z_]+)\}")


def load(path):
    def unique(pairs):
        keys = [k for k, _ in pairs]
        twice = sorted({k for k in keys if keys.count(k) > 1})
        if twice:
            sys.exit(f"{path}: key twice: {', '.join(twice)}")
        return dict(pairs)

    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"), object_pairs_hook=unique)


def complaints(es, en):
    for key in sorted(set(es) ^ set(en)):
        yield f"{key}: only in {'es' if key in es else 'en'}"
    for key in sorted(set(es) & set(en)):
        if not KEY.match(key):
            yield f"{key}: not a key"
        if not es[key].strip() or not en[key].strip():
            yield f"{key}: empty"
        # "one" may leave {n} out: "1 solicitud" reads better as "una solicitud".
        es_slots, en_slots = ({*SLOT.findall(t[key])} - ({"n"} if key.endswith("_one") else set()) for t in (es, en))
        if es_slots != en_slots:
            yield f"{key}: slots differ: {sorted(es_slots)} and {sorted(en_slots)}"
        if re.sub(SLOT, "", es[key] + en[key]).count("{"):
            yield f"{key}: a brace that is no slot"
    for key in es:
        if key.endswith("_one") and key[:-4] + "_other" not in es:
            yield f"{key}: without {key[:-4]}_other"
        if key.endswith("_other") and key[:-6] + "_one" not in es:
            yield f"{key}: without {key[:-6]}_one"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def identifier(key):
    return key.replace(".", "_")


def table(es, en, namespace):
    singles = [k for k in es if not k.endswith(("_one", "_other"))]
    plurals = [k[:-4] for k in es if k.endswith("_one")]
    dynamic = sorted(k for k in singles if k.startswith(DYNAMIC))
    out = ["// Made by wasm/views/texts.py from assets/i18n. Do not edit.", "#pragma once", "",
           "#include <cstdint>", "", f"namespace ventanilla::{namespace} {{", "",
           "enum class K : std::uint16_t {"]
    out += [f"    {identifier(k)}," for k in singles]
    out += ["};", "", "enum class P : std::uint16_t {"]
    out += [f"    {identifier(k)}," for k in plurals]
    out += ["};", "", "namespace i18n {", "",
            f"inline constexpr int kSingles = {len(singles)};",
            f"inline constexpr int kPlurals = {len(plurals)};", "",
            "inline constexpr const char* kTexts[kSingles][2] = {"]
    out += [f"    {{{quoted(es[k])}, {quoted(en[k])}}}," for k in singles]
    out += ["};", "", "// es one, es other, en one, en other", "inline constexpr const char* kCounted[kPlurals][4] = {"]
    out += [f"    {{{quoted(es[k + '_one'])}, {quoted(es[k + '_other'])},\n     "
            f"{quoted(en[k + '_one'])}, {quoted(en[k + '_other'])}}}," for k in plurals]
    out += ["};", "", "struct Named {", "    const char* name;", "    K key;", "};",
            "inline constexpr Named kNamed[] = {"]
    out += [f"    {{{quoted(k)}, K::{identifier(k)}}}," for k in dynamic] or ['    {"", K{}},']
    out += ["};", "", "}  // namespace i18n", f"}}  // namespace ventanilla::{namespace}", ""]
    return "\n".join(out)


def main(es_path, en_path, out_path, namespace="views"):
    es, en = load(es_path), load(en_path)
    found = list(complaints(es, en))
    if found:
        sys.exit("assets/i18n:\n  " + "\n  ".join(found))
    out = pathlib.Path(out_path)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(table(es, en, namespace), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/python3
"""The rules of the tree that a machine can check. Prints each breach; exit 1 when there is one."""
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYERS = ["app", "door", "flow", "services", "storage", "sys", "wire"]  # a file may include downwards
FILE_LINES_MAX = 700
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 100

# What only the named folders may call: time, randomness, disk and processes go through sys/.
BANNED = [
    (re.compile(r"\b(system_clock|steady_clock|high_resolution_clock)::now|\bgettimeofday\b|\btime\(nullptr\)"),
     ("src/sys/", "src/app/cli/"), "the clock is read through sys/clock.h"),
    (re.compile(r"\bstd::(mt19937|random_device|rand)\b|\brand\(\)"),
     ("src/sys/", "src/storage/"), "randomness comes through sys/random.h"),
    (re.compile(r"\bstd::(ofstream|ifstream|fstream)\b|\bfopen\("),
     ("src/sys/", "src/storage/columnar/", "src/app/cli/"), "files are opened through sys/files.h"),
    (re.compile(r"\bthrow\b"), ("src/storage/columnar/",),  # DuckDB's extension points ask for it
     "we throw nothing: return an Error"),
    (re.compile(r"\b(rocksdb)::"), ("src/storage/kv/",), "RocksDB ends in storage/kv"),
    (re.compile(r"\bduckdb::|\bduckdb_\w+\("), ("src/storage/columnar/",), "DuckDB ends in storage/columnar"),
    (re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)"), (), "a left-over without an issue number"),
]
TEST_EXEMPT = re.compile(r"(_test\.cc|/test_[a-z_]+\.h)$")
INCLUDE = re.compile(r'^#include "([a-z_0-9]+)/')
SIBLING = re.compile(r'^#include "(\w+)/(\w+)/')


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT,
                         check=True, capture_output=True, text=True).stdout
    return [path for path in out.splitlines() if os.path.exists(os.path.join(ROOT, path))]


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def allowed_siblings():
    """(layer, folder) -> folders it USES, from the layers' CMakeLists.txt."""
    uses = {}
    for layer in LAYERS:
        path = f"src/{layer}/CMakeLists.txt"
        if not os.path.exists(os.path.join(ROOT, path)):
            continue
        for name, words in re.findall(r"tidemill_folder\((\w+)([^)]*)\)", read(path)):
            found = re.findall(layer + r"_(\w+)", words)
            uses[(layer, name)] = set(found)
    # what a used folder uses is seen too
    for key in uses:
        grown = True
        while grown:
            more = set().union(*[uses.get((key[0], name), set()) for name in uses[key]], set())
            grown = not more <= uses[key]
            uses[key] |= more
    return uses


def check_includes(path, text, uses, breaches):
    parts = path.split("/")
    layer = parts[1]
    folder = parts[2] if len(parts) > 3 else ""
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match or match.group(1) not in LAYERS:
            continue
        target = match.group(1)
        if LAYERS.index(target) < LAYERS.index(layer):
            breaches.append(f"{path}:{number}: {layer} includes the higher layer {target}")
        sibling = SIBLING.match(line)
        if target == layer and sibling and folder and sibling.group(2) not in (folder, "call"):
            if sibling.group(2) not in uses.get((layer, folder), set()):
                breaches.append(f"{path}:{number}: {layer}/{folder} includes its sibling "
                                f"{sibling.group(2)} without a USES in src/{layer}/CMakeLists.txt")


def check_functions(path, text, breaches):
    """A function is what stands between '{' at the end of a line at its indent and the matching '}'."""
    opened = None
    for number, line in enumerate(text.splitlines(), 1):
        if opened is None and re.match(r"^( {0,2})\S.*\)( const| override| noexcept| final| mutable)* \{$", line):
            indent = len(line) - len(line.lstrip())
            if not re.match(r"\s*(if|for|while|switch|namespace|struct|class|enum)\b", line):
                opened = (number, indent)
        elif opened and line.startswith(" " * opened[1] + "}") and not line.startswith(" " * opened[1] + "} "):
            length = number - opened[0] + 1
            if length > FUNCTION_LINES_MAX:
                breaches.append(f"{path}:{opened[0]}: a function of {length} lines")
            opened = None


def check_source(path, uses, breaches):
    text = read(path)
    lines = text.splitlines()
    if len(lines) > FILE_LINES_MAX:
        breaches.append(f"{path}: {len(lines)} lines")
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            breaches.append(f"{path}:{number}: {len(line)} columns")
        code = line.split("//")[0]
        for pattern, folders, why in BANNED:
            subject = line if "TODO" in pattern.pattern else code
            mine = path.startswith("src/") or "TODO" in pattern.pattern  # functions are programs of their own
            if mine and pattern.search(subject) and not path.startswith(folders or ("-",)):
                if not TEST_EXEMPT.search(path):
                    breaches.append(f"{path}:{number}: {why}")
    if path.startswith("src/"):
        check_includes(path, text, uses, breaches)
    if path.endswith(".h") and "#pragma once" not in text:
        breaches.append(f"{path}: no #pragma once")
    check_functions(path, text, breaches)


def check_names(path, breaches):
    name = os.path.basename(path)
    if path.startswith("src/services/") and re.match(r"[A-Z]\w*\.cc$", name):
        return
    if "/types/" in path or re.fullmatch(r"[a-z0-9_]+\.(h|cc|def)", name):
        return
    breaches.append(f"{path}: the name of a file is snake_case; only operations have capitals")


def check_links(path, breaches):
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(path)):
        if "://" in target or target.startswith("mailto:"):
            continue
        if not os.path.exists(os.path.normpath(os.path.join(ROOT, os.path.dirname(path), target))):
            breaches.append(f"{path}: the link {target} leads nowhere")


def check_format(paths, breaches):
    for start in range(0, len(paths), 200):
        out = subprocess.run(["clang-format", "--dry-run", *paths[start:start + 200]], cwd=ROOT,
                             capture_output=True, text=True, check=False)
        for path in sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", out.stderr, re.M))):
            breaches.append(f"{path}: not as clang-format has it")


def main():
    breaches = []
    uses = allowed_siblings()
    sources = tracked("src/*.cc", "src/*.h", "pipelines/*.cc", "pipelines/*.h")
    for path in sources:
        check_source(path, uses, breaches)
        if path.startswith("src/"):
            check_names(path, breaches)
    for path in tracked("*.md"):
        check_links(path, breaches)
    for path in tracked():
        if re.search(r"\.(cc|h|py|md|json|yaml|yml|txt|cmake|js|mjs)$|/run$|^run$", path):
            if re.search(r"(?<![\w.])/(work|root|farm)/", read(path)):
                breaches.append(f"{path}: a path of one machine")
    check_format(sources, breaches)
    for breach in breaches:
        print(breach)
    print(f"{len(sources)} sources, {len(breaches)} breaches")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())

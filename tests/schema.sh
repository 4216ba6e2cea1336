#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether JSON output is what doc/sctop.schema.json says: every type of object,
# the usual keys and all keys, and what the program itself prints of the
# demonstration and of strace's text.  The validator is somebody else's
# (python3-jsonschema); lines that are wrong on purpose must not pass.
set -u
srcdir=${srcdir:?}
builddir=${builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Debian's module is Debian's Python's.
python=$(for each in /usr/bin/python3 python3; do
	"$each" -c 'import jsonschema' 2>/dev/null && echo "$each" && break
done)
if [ -z "$python" ]; then
	echo "no python3-jsonschema: the schema was not tried"
	[ "${SCTOP_LIVE:-}" = required ] && exit 1
	exit 77
fi

"$builddir/tests/jsonlines" >"$work/usual" || exit 1
"$builddir/tests/jsonlines" all >"$work/all" || exit 1
"$builddir/sctop" --demo -j -n 2000 >"$work/demo" || exit 1
"$builddir/sctop" -r "$srcdir/tests/fuzz/seeds/strace/python" -j -y \
	>"$work/strace" || exit 1
cat >"$work/wrong" <<'LINES'
{"type":"call","pid":"7"}
{"type":"call","frob":1}
{"type":"call","args":[{"name":"fd","raw":"3"}]}
{"type":"frob"}
{"time_ns":5}
{"type":"lost","time_ns":5,"syscall":null,"cause":"ring"}
{"type":"lost","time_ns":5,"syscall":null,"cause":"frob","count":1}
{"type":"exit","time_ns":5,"pid":7,"tid":7,"ppid":1,"uid":0,"gid":0,"comm":"a"}
[]
LINES

"$python" - "$srcdir/doc/sctop.schema.json" "$work" <<'PYTHON'
import json
import sys
from jsonschema import Draft202012Validator

schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
usual = {"time_ns", "duration_ns", "pid", "tid", "uid", "gid", "comm",
         "syscall", "nr", "abi", "args", "ret", "errno"}
faults, types, keys = [], {}, set()

def lines(name):
    with open(f"{sys.argv[2]}/{name}", encoding="utf-8") as file:
        return [json.loads(line) for line in file]

for name in "usual", "all", "demo", "strace":
    for value in lines(name):
        types[value["type"]] = types.get(value["type"], 0) + 1
        if value["type"] == "call":
            keys |= value.keys()
            if not usual <= value.keys():
                faults.append(f"{name}: usual keys are missing: {value}")
        if not validator.is_valid(value):
            of_type = {"$ref": "#/$defs/" + value["type"],
                       "$defs": schema["$defs"]}
            faults += [f"{name}: {error.message}" for error in
                       Draft202012Validator(of_type).iter_errors(value)]
faults += [f"wrong, but passes: {value}"
           for value in lines("wrong") if validator.is_valid(value)]
known = {ref["$ref"].split("/")[-1] for ref in schema["oneOf"]}
if known != types.keys():
    faults.append(f"types {known ^ types.keys()} are in one place only")
unused = schema["$defs"]["call"]["properties"].keys() - keys
if unused - {"host", "ret_target"}:
    faults.append(f"keys of calls that nothing has: {unused}")
for fault in faults[:20]:
    print(fault)
print(types)
sys.exit(bool(faults))
PYTHON

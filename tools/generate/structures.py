"""Structures of the model as C++ structs, one header each."""

SCALARS = {
    "string": "std::string", "character": "std::string", "integer": "int32_t", "long": "int64_t",
    "float": "double", "double": "double", "boolean": "bool", "blob": "::tidemill::Blob",
    "timestamp": "::tidemill::Timestamp",
}
KEYWORDS = {
    "and", "auto", "bool", "case", "char", "class", "const", "default", "delete", "do", "double",
    "else", "enum", "export", "float", "for", "if", "int", "long", "namespace", "new", "not",
    "operator", "or", "private", "protected", "public", "register", "return", "short", "signed",
    "static", "struct", "switch", "template", "this", "union", "unsigned", "void", "while", "fields",
}


def identifier(name):
    name = name.replace("-", "_").replace(".", "_")
    return name + "_" if name in KEYWORDS else name


def is_structure(model, name):
    return model.shapes[name]["type"] == "structure" and name not in model.opaque


def type_of(model, name):
    if name in model.opaque:
        return "Document"
    shape = model.shapes[name]
    kind = shape["type"]
    if kind == "structure":
        return f"::tidemill::{model.service}::{name}"
    if kind == "list":
        return f"std::vector<{type_of(model, shape['member']['shape'])}>"
    if kind == "map":
        return f"std::map<std::string, {type_of(model, shape['value']['shape'])}>"
    return SCALARS[kind]


def structures_of(model, name):
    """The structures that the type of `name` mentions."""
    if name in model.opaque:
        return set()
    if model.shapes[name]["type"] == "structure":
        return {name}
    return set().union(*[structures_of(model, below) for below in model.targets(name)], set())


def fields_of(model, name):
    """(AWS's name, C++ name, C++ type, shape) of each member that travels in a Document."""
    shape = model.shapes[name]
    required = set(shape.get("required", []))
    for member, reference in shape.get("members", {}).items():
        target = model.shapes[reference["shape"]]
        streams = target["type"] == "blob" and (
            reference.get("streaming") or target.get("streaming"))
        if streams or target.get("eventstream"):
            continue  # the HTTP body: Call::body and Call::stream
        kind = type_of(model, reference["shape"])
        if member not in required and kind != "Document":
            kind = f"std::optional<{kind}>"
        yield member, identifier(member), kind, reference["shape"]


def struct_text(model, name, shown_name):
    fields = list(fields_of(model, name))
    lines = [f"struct {shown_name} {{"]
    for _, cpp, kind, _ in fields:
        lines.append(f"  {kind} {cpp}{{}};")
    lines.append("  template <class Visitor>")
    lines.append("  void fields([[maybe_unused]] Visitor& visit) {")
    for member, cpp, _, _ in fields:
        lines.append(f'    visit("{member}", {cpp});')
    lines += ["  }", "};"]
    return "\n".join(lines)


def header(model, includes, body):
    text = "// Made by tools/generate from AWS's service model.\n#pragma once\n\n"
    text += '#include "wire/encoder.h"\n'
    for include in sorted(includes):
        text += f'#include "shapes/{model.service}/{include}.h"\n'
    return text + f"\nnamespace tidemill::{model.service} {{\n\n{body}\n\n}}  // namespace\n"


def structure_header(model, name):
    includes = set()
    for _, _, _, shape in fields_of(model, name):
        includes |= structures_of(model, shape)
    return header(model, includes - {name}, struct_text(model, name, name))


def operation_header(model, operation):
    includes, parts = set(), []
    for side, key in (("Input", "input"), ("Output", "output")):
        shown = operation + side
        reference = model.operations[operation].get(key)
        if reference is None:
            parts.append(f"struct {shown} {{\n  template <class Visitor>\n"
                         "  void fields(Visitor&) {}\n};")
            continue
        includes.add(reference["shape"])
        if reference["shape"] != shown:
            parts.append(f"using {shown} = {reference['shape']};")
    return header(model, includes, "\n\n".join(parts))


def write_structures(model, operations):
    roots = []
    for operation in operations:
        for key in ("input", "output"):
            if key in model.operations[operation]:
                roots.append(model.operations[operation][key]["shape"])
    for name in sorted(set(model.reachable(roots))):
        if is_structure(model, name):
            if name in operations:
                raise SystemExit(f"{model.service}: shape and operation share the name {name}")
            yield name + ".h", structure_header(model, name)
    for operation in operations:
        yield operation + ".h", operation_header(model, operation)

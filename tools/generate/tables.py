"""The model as constant tables (src/wire/shape.h) and the operation table of a service."""
KINDS = {
    "structure": "kStructure", "list": "kList", "map": "kMap", "string": "kString",
    "character": "kString", "integer": "kInteger", "long": "kLong", "float": "kFloat",
    "double": "kDouble", "boolean": "kBoolean", "blob": "kBlob", "timestamp": "kTimestamp",
}
LOCATIONS = {
    "header": "kHeader", "headers": "kHeaders", "querystring": "kQuery", "uri": "kUri",
    "statusCode": "kStatusCode",
}
TIMESTAMPS = {"iso8601": "kIso8601", "rfc822": "kRfc822", "unixTimestamp": "kUnix"}
PROTOCOLS = {"query": "kQuery", "rest-json": "kRestJson", "rest-xml": "kRestXml"}
EMPTY = "(empty)"  # stands for an input or output that the model does not name


def text(value):
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    escaped = escaped.replace("\t", "\\t").replace("??", "?\\?")
    escaped = "".join(c if ord(c) < 127 else "".join(f"\\{b:03o}" for b in c.encode())
                      for c in escaped)
    return f'"{escaped}"'


class Tables:
    def __init__(self, model, operations):
        self.model = model
        self.operations = operations
        roots = [model.operations[operation][key]["shape"]
                 for operation in operations for key in ("input", "output")
                 if key in model.operations[operation]]
        self.names = [EMPTY] + sorted(set(model.reachable(roots)))
        self.index = {name: i for i, name in enumerate(self.names)}
        self.arrays = []

    def reference(self, name):
        return f"&kShapes[{self.index[name]}]"

    def strings(self, label, values):
        if not values:
            return "{}"
        self.arrays.append(f"const std::string_view {label}[] = {{"
                           + ", ".join(text(value) for value in values) + "};")
        return label

    def member(self, shape, name, reference):
        target = self.model.shapes[reference["shape"]]
        location = LOCATIONS.get(reference.get("location"), "kBody")
        wire_name = reference.get("locationName", name)
        if location == "kHeader":
            wire_name = wire_name.lower()
        required = "true" if name in shape.get("required", []) else "false"
        fields = [f".name = {text(name)}", f".wire_name = {text(wire_name)}",
                  f".shape = {self.reference(reference['shape'])}", f".required = {required}"]
        if location != "kBody":
            fields.append(f".location = Location::{location}")
        if reference.get("flattened") or target.get("flattened"):
            fields.append(".flattened = true")
        if reference.get("xmlAttribute"):
            fields.append(".xml_attribute = true")
        streams = target["type"] == "blob" and (
            reference.get("streaming") or target.get("streaming"))
        if streams or target.get("eventstream"):
            fields.append(".streaming = true")
        if reference.get("idempotencyToken"):
            fields.append(".idempotency_token = true")
        stamp = reference.get("timestampFormat") or target.get("timestampFormat")
        if stamp:
            fields.append(f".timestamp_format = TimestampFormat::{TIMESTAMPS[stamp]}")
        if "xmlNamespace" in reference:
            fields.append(f".xml_namespace = {text(namespace_uri(reference['xmlNamespace']))}")
        return "    {" + ", ".join(fields) + "},"

    def shape(self, name):
        if name == EMPTY:
            return '    {.name = "", .kind = ShapeKind::kStructure},'
        shape, index = self.model.shapes[name], self.index[name]
        kind = "kDocument" if shape.get("document") else KINDS[shape["type"]]
        fields = [f".name = {text(name)}", f".kind = ShapeKind::{kind}"]
        if shape["type"] == "structure" and shape.get("members"):
            rows = [self.member(shape, *member) for member in shape["members"].items()]
            self.arrays.append(f"const Member kMembers{index}[] = {{\n" + "\n".join(rows) + "\n};")
            fields.append(f".members = kMembers{index}")
        if shape["type"] == "list":
            fields.append(f".element = {self.reference(shape['member']['shape'])}")
        if shape["type"] == "map":
            fields.append(f".element = {self.reference(shape['value']['shape'])}")
            fields.append(f".key = {self.reference(shape['key']['shape'])}")
        fields += self.traits(name, shape, index)
        return "    {" + ", ".join(fields) + "},"

    def traits(self, name, shape, index):
        fields = []
        if "locationName" in shape.get("member", {}):
            fields.append(f".element_name = {text(shape['member']['locationName'])}")
        if "locationName" in shape:  # of our overlay: the root element of an XML answer
            fields.append(f".element_name = {text(shape['locationName'])}")
        for side in ("key", "value"):
            if "locationName" in shape.get(side, {}):
                fields.append(f".{side}_name = {text(shape[side]['locationName'])}")
        if shape.get("payload"):
            fields.append(f".payload = {text(shape['payload'])}")
        if shape.get("enum"):
            fields.append(f".enumeration = {self.strings(f'kEnum{index}', shape['enum'])}")
        if shape.get("pattern"):
            fields.append(f".pattern = {text(shape['pattern'])}")
        if "min" in shape:
            fields.append(f".minimum = {shape['min']}")
        if "max" in shape:
            fields.append(f".maximum = {shape['max']}")
        if "min" in shape:
            fields.append(".has_minimum = true")
        if "max" in shape:
            fields.append(".has_maximum = true")
        if shape.get("flattened"):
            fields.append(".flattened = true")
        if shape.get("union"):
            fields.append(".is_union = true")
        if name in self.model.opaque:
            fields.append(".opaque = true")
        if shape.get("timestampFormat"):
            fields.append(
                f".timestamp_format = TimestampFormat::{TIMESTAMPS[shape['timestampFormat']]}")
        if "xmlNamespace" in shape:
            fields.append(f".xml_namespace = {text(namespace_uri(shape['xmlNamespace']))}")
        return fields

    def routes(self):
        rows = []
        for number, (name, operation) in enumerate(sorted(self.model.operations.items())):
            http = operation.get("http", {})
            query, headers = [], []
            if "input" in operation:
                shape = self.model.shapes[operation["input"]["shape"]]
                for member in shape.get("required", []):
                    reference = shape["members"][member]
                    if reference.get("location") == "querystring":
                        query.append(reference["locationName"])
                    if reference.get("location") == "header":
                        headers.append(reference["locationName"].lower())
            rows.append(
                f'    {{{text(name)}, {text(http.get("method", "POST"))}, '
                f'{text(http.get("requestUri", "/"))}, '
                f'{self.strings(f"kQuery{number}", query)}, '
                f'{self.strings(f"kHeaders{number}", headers)}}},')
        return rows

    def operation(self, name):
        operation = self.model.operations[name]
        sides = []
        for key in ("input", "output"):
            shape = operation.get(key, {}).get("shape", EMPTY)
            sides.append(self.reference(shape))
        position = sorted(self.model.operations).index(name)
        wrapper = operation.get("output", {}).get("resultWrapper", "")
        checksum = operation.get("httpChecksumRequired") or operation.get(
            "httpChecksum", {}).get("requestChecksumRequired")
        status = operation.get("http", {}).get("responseCode", 200)
        return (f'    {{&kService, {text(name)}, &kRoutes[{position}], {status}, {sides[0]}, '
                f'{sides[1]}, {text(wrapper)}, {"true" if checksum else "false"}}},')


def namespace_uri(value):
    return value["uri"] if isinstance(value, dict) else value


def protocol(metadata):
    if metadata["protocol"] == "json":
        return "kJson10" if metadata.get("jsonVersion") == "1.0" else "kJson11"
    return PROTOCOLS[metadata["protocol"]]


def write_tables(model, operations):
    tables = Tables(model, operations)
    shapes = [tables.shape(name) for name in tables.names]
    routes = tables.routes()
    metadata = model.metadata
    signing = metadata.get("signingName", metadata["endpointPrefix"])
    namespace = namespace_uri(metadata.get("xmlNamespace", ""))
    out = ["// Made by tools/generate from AWS's service model.",
           '#include "services/call/operation.h"', "", f"namespace tidemill::{model.service} {{"]
    for name in operations:
        out.append(f"std::unique_ptr<Operation> make_{name}(Environment&, const OperationModel&);")
    out += ["namespace model {", "", "extern const Shape kShapes[];", ""]
    out += tables.arrays
    out += ["", "const Shape kShapes[] = {", *shapes, "};"]
    out += ["", "const OperationRoute kRoutes[] = {", *routes, "};"]
    out += ["", "const ServiceModel kService = {",
            f"    {text(model.service)}, {text(signing)}, {text(metadata.get('targetPrefix', ''))},",
            f"    {text(metadata['apiVersion'])}, {text(namespace)}, "
            f"Protocol::{protocol(metadata)}, kRoutes}};"]
    out += ["", "const OperationModel kOperations[] = {",
            *[tables.operation(name) for name in operations], "};", "", "}  // namespace model", ""]
    out += ["const ServiceModel& service_model() { return model::kService; }", "",
            "std::vector<std::unique_ptr<Operation>> make_operations(Environment& environment) {",
            "  std::vector<std::unique_ptr<Operation>> made;"]
    for number, name in enumerate(operations):
        out.append(f"  made.push_back(make_{name}(environment, model::kOperations[{number}]));")
    out += ["  return made;", "}", "", f"}}  // namespace tidemill::{model.service}", ""]
    return "\n".join(out)

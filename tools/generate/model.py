"""AWS's service model of one service: botocore's, with our overlay merged over it."""
import gzip
import json
import os

MODELS = "/usr/lib/python3/dist-packages/botocore/data"


def merge(base, patch):
    """RFC 7396 (JSON Merge Patch)."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(base) if isinstance(base, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


class Model:
    def __init__(self, service, overlay_directory):
        self.service = service
        directory = os.path.join(MODELS, service)
        path = os.path.join(directory, max(os.listdir(directory)), "service-2.json")
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                document = json.load(file)
        else:
            with gzip.open(path + ".gz", "rt", encoding="utf-8") as file:
                document = json.load(file)
        overlay = os.path.join(overlay_directory, service + ".json")
        self.opaque = set()
        if os.path.exists(overlay):
            with open(overlay, encoding="utf-8") as file:
                patch = json.load(file)
            self.opaque = set(patch.pop("opaque", []))
            document = merge(document, patch)
        self.metadata = document["metadata"]
        self.shapes = document["shapes"]
        self.operations = document["operations"]
        self._close_over_opaque()

    def targets(self, name):
        """The shapes that a shape is made of."""
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure":
            return [member["shape"] for member in shape.get("members", {}).values()]
        if kind == "list":
            return [shape["member"]["shape"]]
        if kind == "map":
            return [shape["key"]["shape"], shape["value"]["shape"]]
        return []

    def reachable(self, roots):
        seen, todo = [], list(roots)
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.append(name)
            todo.extend(self.targets(name))
        return seen

    def _close_over_opaque(self):
        """Recursive structures, event streams and whatever is a list or map of opaque values."""
        for name, shape in self.shapes.items():
            if shape.get("eventstream") or shape.get("document"):
                self.opaque.add(name)
            elif shape["type"] in ("structure", "list", "map"):
                below = self.reachable(self.targets(name))
                if name in below:
                    self.opaque.add(name)
        grown = True
        while grown:
            grown = False
            for name, shape in self.shapes.items():
                if name in self.opaque or shape["type"] not in ("list", "map"):
                    continue
                if self.targets(name)[-1] in self.opaque:
                    self.opaque.add(name)
                    grown = True

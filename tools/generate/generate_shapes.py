#!/usr/bin/python3
"""Makes the shapes of one service for the operations it has (DESIGN D4).

    generate_shapes.py --service kinesis --models models --out build/shapes/kinesis PutRecord ...

Writes <Shape>.h for each structure, <Operation>.h with <Operation>Input and <Operation>Output, and
operations.cc: the model as constant tables, and the table of the service's operations.
"""
import argparse
import os

from model import Model
from structures import write_structures
from tables import write_tables


def write_if_changed(path, text):
    """Keeps the time stamp of an unchanged header, so that its includers are not built again."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--service", required=True)
    arguments.add_argument("--models", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("operations", nargs="+")
    options = arguments.parse_args()

    model = Model(options.service, options.models)
    unknown = [name for name in options.operations if name not in model.operations]
    if unknown:
        raise SystemExit(f"services/{options.service}: AWS has no operation {', '.join(unknown)}; "
                         "a file with a capital letter is an operation")
    os.makedirs(options.out, exist_ok=True)
    for name, text in write_structures(model, sorted(options.operations)):
        write_if_changed(os.path.join(options.out, name), text)
    # Always written: the build compares its time with that of its inputs.
    with open(os.path.join(options.out, "operations.cc"), "w", encoding="utf-8") as file:
        file.write(write_tables(model, sorted(options.operations)))


if __name__ == "__main__":
    main()

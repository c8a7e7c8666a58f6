"""Hooks for schemathesis: narrows the document to what one person is asked about, puts real names beside the made-up
ones, and notes which operations were answered with 2xx.

GANGMU_REAL is a file with `paths`, the addresses to keep, `values`: by address and parameter what there really is, and
`fields`: the same by shape and field of a body.
GANGMU_MET is the file that gets a line `METHOD PATH` for each good answer.
"""

import json
import os

import schemathesis

with open(os.environ["GANGMU_REAL"]) as file:
    REAL = json.load(file)


@schemathesis.hook
def before_load_schema(context, raw_schema):
    raw_schema["paths"] = {path: item for path, item in raw_schema["paths"].items() if path in REAL["paths"]}
    for name, values in REAL["fields"].items():
        shape, field = name.split(".")
        properties = raw_schema["components"]["schemas"][shape]["properties"]
        properties[field] = {"anyOf": [{"enum": values}, properties[field]]}
    for path, item in raw_schema["paths"].items():
        for operation in item.values():
            for parameter in operation["parameters"]:
                name = parameter["name"]
                values = ["*"] if name == "If-Match" else REAL["values"].get(path, {}).get(name, [])
                if values:
                    parameter["schema"] = {"anyOf": [{"enum": values}, parameter["schema"]]}


@schemathesis.hook
def after_call(context, case, response):
    if 200 <= response.status_code < 300:
        with open(os.environ["GANGMU_MET"], "a") as file:
            file.write(f"{case.operation.method.upper()} {case.operation.path}\n")

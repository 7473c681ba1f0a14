"""What the server answers as types of the pages: src/lib/answers.ts, made of docs/openapi.yaml and of nothing else.

    answers.py          fails when the file says anything else than the contract
    answers.py --write  renews it (`npm run types`)

Generators of others ask for a TypeScript that is older than ours; the contract needs a dozen of JSON Schema's words, and any other ends here.
"""

import json
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = ROOT / "web/src/lib/answers.ts"
HEAD = "/** What the server answers. Made of docs/openapi.yaml by `npm run types`; check-template holds it to that. */\n"
# They bound or explain a value, and a type cannot say it.
UNSAID = {"description", "format", "pattern", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "default", "examples"}


def of(schema, indent=""):
    words = set(schema) - UNSAID
    if words == {"$ref"}:
        return schema["$ref"].rsplit("/", 1)[1]
    if words == {"const"}:
        return literal(schema["const"])
    if words == {"enum"}:
        return " | ".join(literal(value) for value in schema["enum"])
    if words == {"anyOf"}:
        return " | ".join(of(one, indent) for one in schema["anyOf"])
    if isinstance(schema["type"], list):
        return " | ".join(kind if kind == "null" else of({**schema, "type": kind}, indent) for kind in schema["type"])
    if words == {"type"} and schema["type"] in ("string", "boolean", "null"):
        return schema["type"]
    if words == {"type"} and schema["type"] in ("integer", "number"):
        return "number"
    if words == {"type", "items"} and schema["type"] == "array":
        inner = of(schema["items"], indent)
        return f"readonly ({inner})[]" if " | " in inner else f"readonly {inner}[]"
    if words == {"type", "additionalProperties"} and schema["additionalProperties"]:
        return f"Readonly<Record<string, {of(schema['additionalProperties'], indent)}>>"
    if words <= {"type", "properties", "required", "additionalProperties"} and schema["type"] == "object":
        lines = [field(name, one, name in schema.get("required", []), indent + "  ") for name, one in schema["properties"].items()]
        return "{\n" + "".join(lines) + indent + "}"
    raise ValueError(f"no type says this: {schema}")


def field(name, schema, required, indent):
    return f"{said(schema, indent)}{indent}readonly {name}{'' if required else '?'}: {of(schema, indent)};\n"


def said(schema, indent):
    return f"{indent}/** {schema['description']} */\n" if "description" in schema else ""


def literal(value):
    return "null" if value is None else "'" + json.dumps(value)[1:-1] + "'"


def types():
    schemas = yaml.safe_load((ROOT / "docs/openapi.yaml").read_text(encoding="utf-8"))["components"]["schemas"]
    return HEAD + "".join(f"\n{said(schema, '')}export type {name} = {of(schema)};\n" for name, schema in schemas.items())


def main():
    text = types()
    if "--write" in sys.argv:
        WRITTEN.write_text(text, encoding="utf-8")
    elif WRITTEN.read_text(encoding="utf-8") != text:
        sys.exit("web/src/lib/answers.ts is not what docs/openapi.yaml says: npm run types, and see what it means for the pages")


if __name__ == "__main__":
    main()

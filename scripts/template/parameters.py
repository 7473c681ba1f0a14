"""A stage's parameters: `parameters.py dev` says what is wrong with its file, `parameters.py dev --template` prints template.yaml for it,
`parameters.py dev --reserved` how many places of the account's concurrency it takes for itself.

SAM publishes a version of a function when the function's text in the template changes. A parameter that changes does not change
that text, and the alias `live` would keep the former value for ever (aws/serverless-application-model#3820). So a function's
variables get the values themselves before `sam deploy` reads the template.
"""

import json
import re
import sys

from reading import ROOT, functions, read

FILES = {"template.yaml": "", "deploy/edge.yaml": "-edge"}
VARIABLE = re.compile(r"^( {10}[A-Z_]+: )!Ref (\w+)$", re.MULTILINE)


def given(stage, template="template.yaml"):
    return read(f"deploy/parameters/{stage}{FILES[template]}.yaml")


def complaints(values, template):
    """A stage's file names every parameter, so that what stands there is what is in force, and values that the template takes."""
    wanted = template["Parameters"]
    for name in sorted(wanted.keys() - values.keys()):
        yield f"{name} is missing"
    for name in sorted(values.keys() - wanted.keys()):
        yield f"{name} is no parameter"
    for name in sorted(wanted.keys() & values.keys()):
        value, limits = values[name], wanted[name]
        if limits["Type"] == "String" and not isinstance(value, str):
            yield f"{name} needs quotes: {value!r} is another text once it is read"
        elif limits["Type"] == "Number" and not isinstance(value, int):
            yield f"{name} is {value!r}, not a number"
        elif "AllowedValues" in limits and value not in limits["AllowedValues"]:
            yield f"{name} is {value!r}, not one of {limits['AllowedValues']}"
        elif "AllowedPattern" in limits and not re.fullmatch(limits["AllowedPattern"], value):
            yield f"{name} is {value!r}, which {limits['AllowedPattern']} does not allow"
        elif "MinValue" in limits and value < limits["MinValue"]:
            yield f"{name} is {value!r}, less than {limits['MinValue']}"


def with_values(text, values):
    """template.yaml with the values of parameters in the variables of its functions."""
    return VARIABLE.sub(lambda line: line[1] + json.dumps(str(values[line[2]])) if line[2] in values else line[0], text)


def reserved(values, template):
    of = [f.get("ReservedConcurrentExecutions", {}).get("Fn::If", [None, {}])[1].get("Ref") for f in functions(template).values()]
    return sum(values[name] for name in of if name)


def main(stage, *options):
    wrong = [f"deploy/parameters/{stage}{suffix}.yaml: {c}" for file, suffix in FILES.items() for c in complaints(given(stage, file), read(file))]
    if wrong:
        sys.exit("\n".join(wrong))
    if "--template" in options:
        print(with_values((ROOT / "template.yaml").read_text(encoding="utf-8"), given(stage)), end="")

    if "--reserved" in options:
        print(reserved(given(stage), read("template.yaml")))


if __name__ == "__main__":
    main(*sys.argv[1:])

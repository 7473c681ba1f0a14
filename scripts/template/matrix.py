"""The table "who may do what" of docs/operations.md, out of the roles. `matrix.py --write` renews it; without, it fails when stale."""

import sys

from reading import ROOT, as_list, functions, named, read, role_statements

PAGE = ROOT / "docs/operations.md"
HEAD = "| function | tables | objects | else |\n| --- | --- | --- | --- |\n"


def matrix(template):
    rows = []
    for name, function in functions(template).items():
        tables, objects, other = [], [], []
        for statement in role_statements(template, named(function["Role"])):
            if statement["Effect"] == "Deny":
                continue
            actions = as_list(statement["Action"])
            service = actions[0].split(":")[0]
            verbs = "/".join(action.split(":")[1].removesuffix("Item").removesuffix("Object").removesuffix("Bucket").lower() for action in actions)
            targets = [target(resource) for resource in as_list(statement["Resource"])]
            if service == "dynamodb" and any(t.endswith("Table") or "/" in t for t in targets) and "shard" not in verbs:
                tables += [f"{t.replace('Table', '')} {verbs}" for t in targets]
            elif service == "s3":
                objects += [f"{t.replace('Bucket', '')} {verbs}" for t in targets]
            elif service not in ("logs", "xray", "dynamodb") and "sqs:ReceiveMessage" not in actions:
                other += [f"{service}: {t}" if t != "*" else f"{service}: {verbs}" for t in targets]
        folder = function["CodeUri"].split("/")[1]
        rows.append("| " + " | ".join([f"`{folder}`", ", ".join(tables), ", ".join(objects), ", ".join(other)]) + " |\n")
    return HEAD + "".join(rows)


def target(resource):
    if isinstance(resource, dict) and "Fn::Sub" in resource:
        return resource["Fn::Sub"].split("${")[-1].replace(".Arn}", "").replace("AWS::AccountId}:", "").replace("}", "").replace("/index/", "/").removesuffix("/*")
    return named(resource) or str(resource)


def main():
    page = PAGE.read_text(encoding="utf-8")
    start = page.index(HEAD)
    end = page.index("\n\n", start)
    fresh = page[:start] + matrix(read()).rstrip("\n") + page[end:]
    if "--write" in sys.argv:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != page:
        sys.exit("docs/operations.md tells of other rights than the roles give: .venv/bin/python scripts/template/matrix.py --write")


if __name__ == "__main__":
    main()

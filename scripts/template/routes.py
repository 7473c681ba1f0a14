"""The routes that AWS will serve, by AWS's own translator: [{"function", "method", "path"}], the contents of docs/routes.json.

The local gateway reads template.yaml by itself and is tested against that file, so both cannot drift apart.
    routes.py          fails when docs/routes.json or the events of template.yaml say otherwise
    routes.py --write  renews docs/routes.json
"""

import json
import os
import re
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samtranslator.translator.transform import transform  # noqa: E402 (asks for the region when it loads)
from samtranslator.yaml_helper import yaml_parse  # noqa: E402

from reading import ROOT, events, read  # noqa: E402


class NoManagedPolicies:
    """Every role is written out in the template, so the translator need not know AWS's own policies."""

    def load(self):
        return {}


def translated(text=None):
    template = yaml_parse(text or (ROOT / "template.yaml").read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key.zip"  # as `sam deploy` leaves it
    return transform(template, {}, NoManagedPolicies())


def served():
    routes = []
    for path, methods in translated()["Resources"]["HttpApi"]["Properties"]["Body"]["paths"].items():
        for method, operation in methods.items():
            integration = operation["x-amazon-apigateway-integration"]
            invoked = re.fullmatch(r".*/functions/\$\{(\w+)Aliaslive\}/invocations", integration["uri"]["Fn::Sub"])
            if not invoked or integration["payloadFormatVersion"] != "2.0":
                sys.exit(f"{method} {path} does not call the live version with payload 2.0: {integration}")
            routes.append({"function": invoked.group(1), "method": method.upper(), "path": path})
    return ordered(routes)


def written():
    return ordered({"function": f, "method": p["Method"], "path": p["Path"]} for f, _, p in events(read(), "HttpApi"))


def ordered(routes):
    return sorted(routes, key=lambda route: (route["path"], route["method"]))


def main():
    listed = ROOT / "docs/routes.json"
    routes = served()
    text = json.dumps(routes, indent=2) + "\n"
    if "--write" in sys.argv:
        listed.write_text(text, encoding="utf-8")
    if routes != written():
        sys.exit("template.yaml and its translation serve different routes")
    if not listed.exists() or listed.read_text(encoding="utf-8") != text:
        sys.exit("docs/routes.json is not what template.yaml serves: .venv/bin/python scripts/template/routes.py --write")


if __name__ == "__main__":
    main()

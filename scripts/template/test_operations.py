"""docs/operations.md: every script, file, stage, option, parameter, output and alarm that it names exists."""

import re
import shlex
import unittest

import botocore.session
import yaml
from botocore import xform_name

from parameters import complaints, given
from reading import ROOT, read, resources

PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
STACKS = {name: read(name) for name in ("template.yaml", *(f"deploy/{p.name}" for p in sorted((ROOT / "deploy").glob("*.yaml"))))}
GLOBAL_OPTIONS = {"region", "query", "output", "profile"}
# awscli's own, which no service describes
CUSTOM = {"cloudformation deploy": {"stack-name", "template-file", "parameter-overrides", "capabilities"}, "s3 ls": {"recursive"}}


def commands(page):
    """Lines of the blocks, with continued ones joined; comments and what a script says beside them left out."""
    for kind, block in re.findall(r"(?ms)^ *```(\w*)\n(.*?)^ *```", page):
        if kind:
            continue
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            if line.strip():
                yield line.strip()


def aws_calls(line):
    """Each `.venv/bin/aws …` of a line, also of one inside $( ), without what it is piped into."""
    for call in re.findall(r"\.venv/bin/aws ((?:'[^']*'|\"[^\"]*\"|[^|()<>'\"&])*)", line):
        yield shlex.split(call)
# where awscli has another word than the service
OTHER_WORDS = {"s3api": "s3", "notification-endpoint": "endpoint"}


class Services:
    def __init__(self):
        self.session, self.known = botocore.session.Session(), {}

    def options(self, service, operation):
        """Of one operation, or None where the service has no such operation."""
        if service not in self.known:
            loader = self.session.get_component("data_loader")
            if service not in loader.list_available_services("service-2"):
                return None
            model = self.session.get_service_model(service)
            self.known[service] = {xform_name(name).replace("_", "-"): model.operation_model(name) for name in model.operation_names}
        found = self.known[service].get(operation)
        if found is None:
            return None
        members = found.input_shape.members if found.input_shape else {}
        return {xform_name(name).replace("_", "-") for name in members} | {"no-" + xform_name(n).replace("_", "-") for n in members}


SERVICES = Services()


def aws_complaints(words):
    service, operation, rest = OTHER_WORDS.get(words[0], words[0]), words[1], words[2:]
    options = [w[2:].split("=")[0] for w in rest if w.startswith("--")]
    given_options = {OTHER_WORDS.get(option, option) for option in options}
    if service == "acm" and operation == "wait":
        operation, rest = "describe-certificate", rest[1:]
    known = CUSTOM.get(f"{service} {operation}") or SERVICES.options(service, operation)
    if known is None:
        yield f"aws {service} {operation} does not exist"
        return
    for option in sorted(given_options - known - GLOBAL_OPTIONS):
        yield f"aws {service} {operation} has no --{option}"
    for query in [w for w in rest if "OutputKey" in w]:
        for output in re.findall(r"OutputKey=='(\w+)'", query):
            if not any(output in stack.get("Outputs", {}) for stack in STACKS.values()):
                yield f"no stack has an output {output}"
    if operation == "deploy":
        template = read(rest[rest.index("--template-file") + 1])
        overrides = dict(w.split("=", 1) for w in rest[rest.index("--parameter-overrides") + 1 :] if re.match(r"[A-Z]\w*=", w))
        wanted = {name for name, p in template["Parameters"].items() if "Default" not in p}
        if not wanted <= overrides.keys() <= template["Parameters"].keys():
            yield f"{sorted(overrides)} are not the parameters {sorted(wanted)}"
        for name, value in overrides.items():
            pattern = template["Parameters"].get(name, {}).get("AllowedPattern")
            if pattern and not re.fullmatch(pattern, value):
                yield f"{name}={value} is not allowed"
        if "AWS::IAM" in str({r["Type"] for r in template["Resources"].values()}) and "--capabilities" not in rest:
            yield f"{rest} makes roles without saying so"


def page_complaints(page):
    config = (ROOT / "samconfig.toml").read_text(encoding="utf-8")
    for line in commands(page):
        for script in re.findall(r"(?:^|\s)((?:scripts/|\./)[\w-]+)", line):
            if not (ROOT / script).exists():
                yield f"{script} does not exist"
        for environment in re.findall(r"--config-env (\S+)", line):
            if f"[{environment}.deploy.parameters]" not in config:
                yield f"samconfig.toml knows no {environment}"
        for words in aws_calls(line):
            yield from aws_complaints(words)
        if "…" in line and re.match(r"\.venv/bin/|scripts/|\./", line):
            yield f"is not a filled example: {line}"
    for path in re.findall(r"`((?:deploy|scripts|docs)/[\w./-]+)`|\]\(([\w./-]+)(?:#[\w-]+)?\)", page):
        path = path[0] or f"docs/{path[1]}"
        if not (ROOT / path).exists():
            yield f"{path} does not exist"
    for output in re.findall(r"outputs? `(\w+)`(?: and `(\w+)`)?", page):
        for name in filter(None, output):
            if not any(name in stack.get("Outputs", {}) for stack in STACKS.values()):
                yield f"no stack has an output {name}"
    for example in re.findall(r"(?ms)^```yaml\n(.*?)^```", page):
        file = re.match(r"# deploy/parameters/(\w+)\.yaml", example)[1]
        values = yaml.safe_load(example)
        yield from complaints(values, STACKS["template.yaml"])
        if values["Stage"] != file or values.keys() != given(file).keys():
            yield f"the example is not {file}.yaml, filled"


def alarm_complaints(page, stacks):
    """Who is woken finds the alarm by its name; `…Errors` and `…DeadLettersDepth` stand for one of each function and queue."""
    table = page[page.index("## When an alarm rings") :].split("\n\n")[1]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(…?\w+)`", row.split("|")[1])}
    there = {name for stack in stacks.values() for name in resources(stack, "AWS::CloudWatch::Alarm")}
    kinds = {kind[1:] for kind in named if kind.startswith("…")}
    for name in sorted(there):
        if name not in named and not any(name.endswith(kind) for kind in kinds):
            yield f"the page does not say what to do when {name} rings"
    for name in sorted(n for n in named if not n.startswith("…")):
        if name not in there:
            yield f"{name} is no alarm"


class Operations(unittest.TestCase):
    def test_what_the_page_names_exists(self):
        self.assertGreater(len(list(commands(PAGE))), 30)
        self.assertEqual([], list(page_complaints(PAGE)))

    def test_every_alarm_is_on_the_page(self):
        self.assertEqual([], list(alarm_complaints(PAGE, STACKS)))

    def test_what_does_not_exist_is_seen(self):
        for wrong, seen in (
            ("scripts/destroy dev", "scripts/destroy does not exist"),
            (".venv/bin/sam deploy --config-env production", "samconfig.toml knows no production"),
            (".venv/bin/aws lambda fly --function-name x", "aws lambda fly does not exist"),
            (".venv/bin/aws lambda update-alias --alias live", "aws lambda update-alias has no --alias"),
            ("echo $(.venv/bin/aws cloudformation describe-stacks --query \"Outputs[?OutputKey=='Nothing']\")", "no stack has an output Nothing"),
            (
                ".venv/bin/aws cloudformation deploy --stack-name x --template-file deploy/data-key.yaml --parameter-overrides Stag=dev",
                "['Stag'] are not the parameters ['Stage']",
            ),
        ):
            self.assertEqual([seen], list(page_complaints(f"```\n{wrong}\n```\n")))
        self.assertEqual(["deploy/none.yaml does not exist"], list(page_complaints("`deploy/none.yaml`")))
        self.assertIn("SmsSent is no alarm", list(alarm_complaints(PAGE, {})))
        self.assertIn("the page does not say what to do when InboxAge rings", list(alarm_complaints(PAGE.replace("`InboxAge`", ""), STACKS)))


if __name__ == "__main__":
    unittest.main()

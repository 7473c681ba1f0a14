"""template.yaml as plain dictionaries: `!Ref X` is {"Ref": "X"}, `!GetAtt A.B` is {"Fn::GetAtt": "A.B"}."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # libyaml's where it is there: ten times as fast
    """YAML with CloudFormation's short forms."""


def _short_form(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


_Loader.add_multi_constructor("!", _short_form)


def read(name="template.yaml"):
    return yaml.load((ROOT / name).read_text(encoding="utf-8"), Loader=_Loader)


def resources(template, kind):
    return {name: r for name, r in template["Resources"].items() if r["Type"] == kind}


def functions(template):
    """Name to properties, with the Globals under them as SAM merges them."""
    common = template["Globals"]["Function"]
    merged = {}
    for name, resource in resources(template, "AWS::Serverless::Function").items():
        own = resource["Properties"]
        both = {**common, **own}
        for key in common.keys() & own.keys():
            if isinstance(common[key], dict) and isinstance(own[key], dict):
                both[key] = {**common[key], **own[key]}
        merged[name] = both
    return merged


def events(template, kind):
    """(function, event, properties) of one kind of trigger."""
    return [
        (function, name, event["Properties"])
        for function, properties in functions(template).items()
        for name, event in properties["Events"].items()
        if event["Type"] == kind
    ]


def named(value):
    """The resource a reference points to: of !Ref X, !GetAtt X.Arn and !Sub ${X.Arn}/… it is X."""
    if isinstance(value, dict):
        if "Ref" in value:
            return value["Ref"]
        if "Fn::GetAtt" in value:
            target = value["Fn::GetAtt"]
            return target[0] if isinstance(target, list) else target.split(".")[0]
        if "Fn::Sub" in value and isinstance(value["Fn::Sub"], str) and value["Fn::Sub"].startswith("${"):
            return value["Fn::Sub"][2:].split("}")[0].split(".")[0]
    return None


def as_list(value):
    return value if isinstance(value, list) else [value]


def statements(policy_document):
    """Statements without the ones that stand under an !If; those come as they are inside it."""
    for statement in as_list(policy_document["Statement"]):
        if "Fn::If" in statement:
            yield from (s for s in statement["Fn::If"][1:] if "Effect" in s)
        else:
            yield statement


def role_statements(template, role):
    for policy in template["Resources"][role]["Properties"].get("Policies", []):
        yield from statements(policy["PolicyDocument"])

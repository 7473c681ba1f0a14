"""What is deployed beside template.yaml, and with which parameters: each check passes as it is and complains about a copy that breaks it."""

import copy
import json
import re
import unittest

from parameters import complaints, given, reserved, with_values
from reading import ROOT, as_list, functions, read, resources, statements
from routes import translated

STAGES = ("dev", "staging", "prod")
ACCOUNT = "${AWS::AccountId}"
TEMPLATE = read()


class Parameters(unittest.TestCase):
    def test_a_file_a_stage_names_every_parameter(self):
        edge = read("deploy/edge.yaml")
        for stage in STAGES:
            for file, template in (("template.yaml", TEMPLATE), ("deploy/edge.yaml", edge)):
                with self.subTest(stage=stage, file=file):
                    self.assertEqual([], list(complaints(given(stage, file), template)))
                    self.assertEqual(stage, given(stage, file)["Stage"])

    def test_what_is_missing_unknown_or_not_allowed_is_said(self):
        for broken, seen in (
            (lambda p: p.pop("LogDays"), "LogDays is missing"),
            (lambda p: p.update(DepartmentPrincipals=""), "DepartmentPrincipals is no parameter"),
            (lambda p: p.update(LogDays=31), "LogDays is 31, not one of [30, 60, 90, 180, 365]"),
            (lambda p: p.update(PublicOrigin="http://example.org"), "PublicOrigin is 'http://example.org', which https://[a-z0-9.-]+ does not allow"),
            (lambda p: p.update(OtpConcurrency=-1), "OtpConcurrency is -1, less than 0"),
            (lambda p: p.update(OtpConcurrency="many"), "OtpConcurrency is 'many', not a number"),
            (lambda p: p.update(OriginSecretVersion=12), "OriginSecretVersion needs quotes: 12 is another text once it is read"),
        ):
            values = given("prod")
            broken(values)
            self.assertEqual([seen], list(complaints(values, TEMPLATE)))

    def test_a_parameter_that_a_function_is_told_of_publishes_it_anew(self):
        """Else `live` keeps the former value for ever. What no function is told of leaves versions and snapshots alone."""
        text = (ROOT / "template.yaml").read_text(encoding="utf-8")

        def versions(**changed):
            translation = translated(with_values(text, {**given("dev"), **changed}))
            found = {n for n, r in translation["Resources"].items() if r["Type"] == "AWS::Lambda::Version"}
            self.assertEqual(len(functions(TEMPLATE)), len(found))
            return found

        before = versions()
        self.assertEqual(before, versions(AlarmMail="oncall@example.org", PatientConcurrency=80))
        told = {f for f, p in functions(TEMPLATE).items() if p["Environment"]["Variables"].get("PUBLIC_ORIGIN")}
        self.assertEqual(len(told), len(versions(PublicOrigin="https://scans.example.org") - before))
        self.assertEqual(2, len(versions(SmsSender="Noord") - before), "notify and housekeeping")

    def test_what_is_reserved_leaves_room_in_an_account_of_a_thousand(self):
        self.assertEqual([0, 0, 3 * 20 + 15 * 50], [reserved(given(stage), TEMPLATE) for stage in STAGES])

    def test_sam_takes_the_file_and_nothing_beside_it(self):
        config = (ROOT / "samconfig.toml").read_text(encoding="utf-8")
        for stage in (*STAGES, *(f"{s}-edge" for s in STAGES)):
            (section,) = re.findall(rf"^\[{stage}\.deploy\.parameters\]\n((?:.+\n)+)", config, re.MULTILINE)
            self.assertIn(f'parameter_overrides = "file://deploy/parameters/{stage}.yaml"\n', section)
            self.assertIn("fail_on_empty_changeset = false\n", section)
        self.assertNotRegex(config, r'parameter_overrides = "(?!file://)')


class Linters(unittest.TestCase):
    def test_every_skip_has_its_reason_and_every_stack_is_looked_at(self):
        text = (ROOT / ".checkov.yaml").read_text(encoding="utf-8")
        skips = re.findall(r"(?m)^  - (CKV\S+)(.*)$", text)
        self.assertTrue(skips)
        self.assertEqual([], [name for name, reason in skips if not re.fullmatch(r" # .{20,}", reason)])
        for stack in (ROOT / "deploy").glob("*.yaml"):
            self.assertIn(f"deploy/{stack.name}", text)


def department_complaints(stack, template):
    """A department puts under its own prefix and reads its own receipts; the tag is the one the buckets go by."""
    (sender,) = (r for r in stack["Resources"].values() if r["Type"] in ("AWS::IAM::Role", "AWS::IAM::User"))
    properties = sender["Properties"]
    if properties.get("Tags") != [{"Key": "studygate:department", "Value": {"Ref": "Department"}}]:
        yield "the tag is not ours"
    allowed = {}
    for policy in properties["Policies"]:
        for s in statements(policy["PolicyDocument"]):
            if s["Effect"] != "Allow" or "NotAction" in s or "NotResource" in s:
                yield "a statement that is not understood"
                continue
            for action in as_list(s["Action"]):
                allowed[action] = (s["Resource"].get("Fn::Sub"), json.dumps(s.get("Condition", {})))
    inbox, receipts = (f"arn:${{AWS::Partition}}:s3:::studygate-${{Stage}}-{name}-{ACCOUNT}" for name in ("inbox", "receipts"))
    wanted = {
        "s3:PutObject": f"{inbox}/in/${{Department}}/*",
        "s3:AbortMultipartUpload": f"{inbox}/in/${{Department}}/*",
        "s3:GetObject": f"{receipts}/receipts/${{Department}}/*",
        "s3:ListBucket": receipts,
    }
    if {action: resource for action, (resource, _) in allowed.items()} != wanted:
        yield f"allows {allowed}"
    if '"s3:prefix": {"Fn::Sub": "receipts/${Department}/*"}' not in allowed.get("s3:ListBucket", ("", ""))[1]:
        yield "lists other departments' receipts"
    if sender["Type"] == "AWS::IAM::User" and not all('"aws:SourceIp": {"Ref": "SourceAddresses"}' in condition for _, condition in allowed.values()):
        yield "a key that got away is worth something elsewhere"
    if sender["Type"] == "AWS::IAM::Role":
        (trust,) = statements(properties["AssumeRolePolicyDocument"])
        if trust["Action"] != "sts:AssumeRole" or trust["Principal"] != {"AWS": {"Ref": "TrustedPrincipal"}}:
            yield "somebody else may assume the role, or bring tags"
        if trust.get("Condition") != {"StringEquals": {"sts:ExternalId": {"Ref": "ExternalId"}}}:
            yield "the hospital could be made to act for another"
    names = [b["Properties"]["BucketName"]["Fn::Sub"] for b in resources(template, "AWS::S3::Bucket").values()]
    for name in ("inbox", "receipts"):
        if f"studygate-${{Stage}}-{name}-{ACCOUNT}" not in names:
            yield f"the bucket of the {name} has another name"


class Departments(unittest.TestCase):
    STACKS = ("deploy/department.yaml", "deploy/department-user.yaml")

    def test_a_department_reaches_its_own_part_only(self):
        for stack in self.STACKS:
            self.assertEqual([], list(department_complaints(read(stack), TEMPLATE)), stack)

    def test_what_reaches_further_is_seen(self):
        def first(stack):
            return stack["Resources"]["Sender"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"]

        for stack in self.STACKS:
            for number, broken in enumerate((
                lambda s: s["Resources"]["Sender"]["Properties"].update(Tags=[{"Key": "department", "Value": {"Ref": "Department"}}]),
                lambda s: first(s)[0].update(Action="s3:*"),
                lambda s: first(s)[0].update(Resource={"Fn::Sub": "arn:${AWS::Partition}:s3:::studygate-${Stage}-inbox-${AWS::AccountId}/in/*"}),
                lambda s: first(s)[1].update(Resource={"Fn::Sub": "arn:${AWS::Partition}:s3:::studygate-${Stage}-inbox-${AWS::AccountId}/in/${Department}/*"}),
                lambda s: first(s)[2].pop("Condition"),
                lambda s: first(s).append({"Effect": "Allow", "Action": "s3:DeleteObject", "Resource": {"Fn::Sub": "x"}}),
            )):
                with self.subTest(stack=stack, counterexample=number):
                    copied = copy.deepcopy(read(stack))
                    broken(copied)
                    self.assertTrue(list(department_complaints(copied, TEMPLATE)), "went unseen")
        role = read(self.STACKS[0])
        role["Resources"]["Sender"]["Properties"]["AssumeRolePolicyDocument"]["Statement"][0].pop("Condition")
        self.assertTrue(list(department_complaints(role, TEMPLATE)))
        user = read(self.STACKS[1])
        first(user)[0].pop("Condition")
        self.assertTrue(list(department_complaints(user, TEMPLATE)))


def deployer_complaints(policy, types, buckets):
    """Whoever carries deploy/deployer.json can make every resource of every stack, and reads nothing of patients."""
    allowed = [s for s in policy["Statement"] if s["Effect"] == "Allow"]
    actions = {action for s in allowed for action in as_list(s["Action"])}
    for kind in sorted(types):
        service = kind.split("::")[1].lower().replace("apigatewayv2", "apigateway").replace("cognito", "cognito-idp")
        if not any(action.startswith(service + ":") for action in actions):
            yield f"may not make a {kind}"
    reach = [r for s in allowed for r in as_list(s["Resource"])]
    if "*" in actions or any(action.endswith(":*") and "*" in as_list(s["Resource"]) for s in allowed for action in as_list(s["Action"]) if action != "cloudfront:*"):
        yield "may do everything somewhere"
    if any("dynamodb:" in a and a.split(":")[1] in ("*", "Scan", "Query", "GetItem", "BatchGetItem") for s in allowed if "DepartmentsTable" not in json.dumps(s["Resource"]) for a in as_list(s["Action"])):
        yield "reads items"
    readable = {r for s in allowed if any(a in ("secretsmanager:GetSecretValue", "secretsmanager:*") for a in as_list(s["Action"])) for r in as_list(s["Resource"])}
    if readable != {"arn:aws:secretsmanager:*:*:secret:*OriginSecret-*"}:
        yield f"reads secrets: {readable}"
    denied = {r for s in policy["Statement"] if s["Effect"] == "Deny" and s["Action"] == "s3:*Object*" for r in as_list(s["Resource"])}
    for bucket in sorted(buckets - {"pages"}):
        if f"arn:aws:s3:::studygate-*-{bucket}-*/*" not in denied:
            yield f"reads objects of {bucket}"
    for wanted in ("arn:aws:s3:::studygate-*", "arn:aws:logs:*:*:log-group:/studygate/*", "arn:aws:iam::*:role/studygate-*"):
        if wanted not in reach:
            yield f"does not reach {wanted}"
    if len(json.dumps(policy, separators=(",", ":"))) > 6144:
        yield "is longer than a managed policy may be"


class Deployer(unittest.TestCase):
    POLICY = json.loads((ROOT / "deploy/deployer.json").read_text(encoding="utf-8"))
    TYPES = {r["Type"] for r in translated()["Resources"].values()} | {
        r["Type"] for stack in (ROOT / "deploy").glob("*.yaml") if stack.stem != "account" for r in read(f"deploy/{stack.name}")["Resources"].values()
    }
    BUCKETS = {b["Properties"]["BucketName"]["Fn::Sub"].split("${Stage}-")[1].split("-$")[0] for b in resources(TEMPLATE, "AWS::S3::Bucket").values()}

    def test_a_deployer_makes_everything_and_reads_nothing_of_patients(self):
        self.assertEqual([], list(deployer_complaints(self.POLICY, self.TYPES, self.BUCKETS)))

    def test_too_little_and_too_much_are_seen(self):
        def statement(policy, sid):
            return next(s for s in policy["Statement"] if s["Sid"] == sid)

        for number, broken in enumerate((
            lambda p: p["Statement"].remove(statement(p, "DataKey")),
            lambda p: p["Statement"].remove(statement(p, "PatientsAreNotForDeployers")),
            lambda p: p["Statement"].append({"Effect": "Allow", "Action": "*", "Resource": "*"}),
            lambda p: p["Statement"].append({"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "arn:aws:dynamodb:*:*:table/studygate-*"}),
            lambda p: statement(p, "SecretsAreMadeNotRead")["Action"].append("secretsmanager:GetSecretValue"),
        )):
            with self.subTest(counterexample=number):
                policy = copy.deepcopy(self.POLICY)
                broken(policy)
                self.assertTrue(list(deployer_complaints(policy, self.TYPES, self.BUCKETS)), "went unseen")


if __name__ == "__main__":
    unittest.main()

"""See scripts/check-deployment. The stage stands in a copy of the project, whose functions are small stand-ins but for the one
that scripts/department reads; MiniStack listens on loopback, is ended by its process id, and leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

import boto3

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = "123456789012"
REGION = "eu-central-1"
BEGAN = time.monotonic()


def step(text):
    print(f"-- {text} ({time.monotonic() - BEGAN:.0f}s)", flush=True)


def check(what, holds, seen=""):
    if not holds:
        raise SystemExit(f"FAILS {what}: {seen}")
    print(f"ok    {what}", flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listening(pid):
    """Addresses on which a process listens, where Linux tells."""
    inodes = {os.readlink(f)[8:-1] for f in Path(f"/proc/{pid}/fd").iterdir() if os.readlink(f).startswith("socket:[")}
    lines = [line.split() for kind in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()[1:]]
    return [line[1].split(":")[0] for line in lines if line[3] == "0A" and line[9] in inodes]


class Emulator:
    def __init__(self, folder):
        self.port = free_port()
        self.log = folder / "ministack.log"
        settings = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port), "MINISTACK_REGION": REGION, "MINISTACK_ACCOUNT_ID": ACCOUNT}
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "TMPDIR": str(folder), "S3_DATA_DIR": str(folder / "s3"), **settings}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([ROOT / ".venv-emulator/bin/ministack"], env=environment, cwd=folder, stdout=log, stderr=log)
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def ready(self):
        for _ in range(300):
            if self.process.poll() is not None:
                raise SystemExit(f"MiniStack ended:\n{self.log.read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("MiniStack does not answer")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def without_metric_math(template):
    """The template without the alarms that MiniStack refuses, and how many they are."""
    resource = r"(?m)^  \w+:\n    Type: AWS::CloudWatch::Alarm\n(?:    .*\n|\n(?=    ))*?      Metrics:\n(?:    .*\n|\n(?=    ))*"
    return re.subn(resource, "", template)


def project(folder):
    """A copy with what the commands read. The zips hold one line: what Lambda makes of them is not tried here."""
    for name in ("template.yaml", "samconfig.toml", "deploy", "scripts", "docs"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    template, left_out = without_metric_math((folder / "template.yaml").read_text())
    (folder / "template.yaml").write_text(template)
    print(f"      {left_out} alarms on sums of several metrics are left out: MiniStack makes none", flush=True)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    for pom in ROOT.glob("functions/*/pom.xml"):
        zip_file = folder / pom.parent.relative_to(ROOT) / "target/function.zip"
        zip_file.parent.mkdir(parents=True)
        shutil.copy(pom, zip_file.parent.parent)
        with zipfile.ZipFile(zip_file, "w") as made:
            made.writestr("stand-in.txt", pom.parent.name)
    shutil.copy(ROOT / "functions/department-view/target/function.zip", folder / "functions/department-view/target/function.zip")
    pages = folder / "web/dist"
    if (ROOT / "web/dist/index.html").exists():
        shutil.copytree(ROOT / "web/dist", pages)
    else:
        (pages / "assets").mkdir(parents=True)
        for name in ("index.html", "assets/page-1.js", "assets/page-1.css"):
            (pages / name).write_text("stand-in")
    return folder


class Operator:
    """Runs commands as they stand in the documentation, by a profile that assumes a role."""

    def __init__(self, folder, emulator):
        self.folder = folder
        home = folder / "home/.aws"
        home.mkdir(parents=True)
        (home / "credentials").write_text("[base]\naws_access_key_id = test\naws_secret_access_key = test\n")
        role = f"arn:aws:iam::{ACCOUNT}:role/operator"
        (home / "config").write_text(f"[profile operator]\nrole_arn = {role}\nsource_profile = base\nregion = {REGION}\n")
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "JAVA_HOME", "LANG", "TMPDIR")}
        files = {"AWS_CONFIG_FILE": str(home / "config"), "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials")}
        settings = {"HOME": str(folder / "home"), "AWS_PROFILE": "operator", "AWS_ENDPOINT_URL": emulator.endpoint, "SAM_CLI_POLL_DELAY": "1"}
        self.environment = {**kept, **files, **settings, "SAM_CLI_TELEMETRY": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        key = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "endpoint_url": emulator.endpoint}
        self.client = lambda service, region=REGION: boto3.client(service, region_name=region, **key)

    def runs(self, command, fails=False):
        step(command)
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        said = done.stdout + done.stderr
        check("it " + ("fails" if fails else "succeeds"), (done.returncode != 0) == fails, f"{done.returncode}\n{said[-3000:]}")
        return said

    def sets(self, file, **values):
        """What an operator writes into a stage's file."""
        path = self.folder / "deploy/parameters" / file
        text = path.read_text()
        for name, value in values.items():
            text, times = re.subn(rf"(?m)^{name}: .*$", f"{name}: {json.dumps(value)}", text)
            check(f"{file} has {name}", times == 1)
        path.write_text(text)

    def stack(self, name, region=REGION):
        (found,) = self.client("cloudformation", region).describe_stacks(StackName=name)["Stacks"]
        return found["StackStatus"], {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])}


def live(operator, stack):
    """Logical name of each function: what its alias `live` gives to callers."""
    cloudformation, functions = operator.client("cloudformation"), operator.client("lambda")
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [r for page in pages for r in page["StackResourceSummaries"] if r["ResourceType"] == "AWS::Lambda::Function"]
    return {r["LogicalResourceId"]: functions.get_function_configuration(FunctionName=r["PhysicalResourceId"], Qualifier="live") for r in found}


def first_try_fails_and_the_second_does_not(operator):
    """Too much reserved is seen before anything is made; a zone that does not exist at the end, when nearly all is."""
    operator.sets("dev.yaml", OtpConcurrency=500)
    said = operator.runs("scripts/deploy dev", fails=True)
    check("a quota that does not suffice is told", re.search(r"reserves 1500 of \d+ places", said), said)
    operator.sets("dev.yaml", OtpConcurrency=0)
    operator.sets("dev.yaml", HostedZoneId="Z0NOTTHERE", ApiDomainName="origin.example.org", ApiCertificateArn=f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/2")
    operator.runs("scripts/deploy dev", fails=True)
    status, _ = operator.stack("studygate-dev")
    check("what failed has never stood", status.startswith("ROLLBACK"), status)
    operator.sets("dev.yaml", HostedZoneId="", ApiDomainName="", ApiCertificateArn="")
    operator.runs("scripts/clear-failed studygate-dev")
    left = operator.client("dynamodb").list_tables()["TableNames"]
    check("nothing is left of it", not left, left)


def the_stage(operator):
    operator.runs(".venv/bin/sam deploy --config-env dev-edge")
    _, edge = operator.stack("studygate-edge-dev", "us-east-1")
    operator.sets("dev.yaml", WebAclArn=edge["WebAclArn"], AlarmMail="oncall@example.org")
    said = operator.runs("scripts/deploy dev")
    status, outputs = operator.stack("studygate-dev")
    check("the stack stands", status == "CREATE_COMPLETE", status)
    check("it tells where DNS records point", outputs["DistributionDomainName"].endswith(".cloudfront.net") and outputs["ApiTarget"], outputs)
    check("the operator is told what PublicOrigin must be", f"People will come to {outputs['Pages']}" in said, said[-500:])

    operator.sets("dev.yaml", PublicOrigin=outputs["Pages"])
    said = operator.runs("scripts/deploy dev")
    check("nothing more is asked for", "People will come to" not in said, said[-500:])
    functions = live(operator, "studygate-dev")
    told = {n: f["Environment"]["Variables"]["PUBLIC_ORIGIN"] for n, f in functions.items() if "PUBLIC_ORIGIN" in f["Environment"]["Variables"]}
    check("every live function knows the address that people type", set(told.values()) == {outputs["Pages"]}, told)
    others = {n: f["Version"] for n, f in functions.items() if n not in told}
    check("and whoever is not told of it keeps version and snapshot", set(others.values()) == {"1"}, others)

    operator.runs("scripts/deploy dev")
    check("an unchanged stage stays as it is", {n: f["Version"] for n, f in live(operator, "studygate-dev").items()} == {n: f["Version"] for n, f in functions.items()})
    said = operator.runs("scripts/deploy staging", fails=True)
    check("no other stage comes into its account", "this is the account of dev" in said, said)
    operator.sets("dev-edge.yaml", Closed="yes")
    operator.runs(".venv/bin/sam deploy --config-env dev-edge")
    status, _ = operator.stack("studygate-edge-dev", "us-east-1")
    check("the pages can be closed", status == "UPDATE_COMPLETE", status)
    return outputs


def the_pages(operator, outputs):
    s3 = operator.client("s3")
    pages = {o["Key"] for o in s3.list_objects_v2(Bucket=outputs["PagesBucketName"])["Contents"]}
    built = {str(p.relative_to(operator.folder / "web/dist")) for p in (operator.folder / "web/dist").rglob("*") if p.is_file()}
    check("every page that was built is there", pages == built, pages ^ built)
    for key in sorted(pages):
        kind = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}.get(Path(key).suffix)
        got = s3.head_object(Bucket=outputs["PagesBucketName"], Key=key)["ContentType"]
        if kind and got.split(";")[0] != kind:
            check(f"{key} has the right type", False, got)


def departments(operator, outputs):
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    for template in ("deploy/department.yaml", "deploy/department-user.yaml"):
        (command,) = re.findall(rf"(?s)^ *(\.venv/bin/aws cloudformation deploy [^`]*?{re.escape(template)}.*?[^\\])\n", page, re.MULTILINE)
        operator.runs(re.sub(r" *\\\n *", " ", command))
    tags = operator.client("iam").list_role_tags(RoleName="studygate-department-noord")["Tags"]
    check("the role carries our tag", {"Key": "studygate:department", "Value": "noord"} in tags, tags)
    said = operator.runs("scripts/department docs/department.example.json studygate-dev")
    check("a department is put in force by a profile that assumes a role", "is in force" in said, said)
    items = operator.client("dynamodb").scan(TableName=outputs["DepartmentsTableName"])["Items"]
    by = {i["by"]["S"] for i in items if "by" in i}
    check("and who did it is the principal", len(by) == 1 and by.pop().startswith(f"arn:aws:sts::{ACCOUNT}:assumed-role/operator/"), by)


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "emulator").mkdir()
        (folder / "project").mkdir()
        emulator = Emulator(folder / "emulator")
        try:
            emulator.ready()
            if Path(f"/proc/{emulator.process.pid}/net/tcp").exists():
                check("the emulator listens on loopback only", set(listening(emulator.process.pid)) == {"0100007F"}, listening(emulator.process.pid))
            operator = Operator(project(folder / "project"), emulator)
            first_try_fails_and_the_second_does_not(operator)
            outputs = the_stage(operator)
            the_pages(operator, outputs)
            departments(operator, outputs)
        finally:
            emulator.end()
    print(f"deployed, in {time.monotonic() - BEGAN:.0f}s")


if __name__ == "__main__":
    sys.exit(main())

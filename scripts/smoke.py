"""See scripts/smoke. Every check prints one line; the exit code tells whether all held."""

import argparse
import http.client
import json
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROUTES = Path(__file__).resolve().parents[1] / "docs/routes.json"
UNKNOWN = {"reference": "7H2K-9M3P-QRST-VWXY-0", "dateOfBirth": "1900-01-01"}
OURS = {"Content-Type": "application/json", "X-Studygate": "1"}
# http.client sends none by itself, and the firewall's common rules refuse whoever has none
AGENT = {"User-Agent": "studygate-smoke"}


class Checks:
    def __init__(self):
        self.failed = 0

    def __call__(self, what, holds, seen=""):
        print(("ok    " if holds else "FAILS ") + what + ("" if holds else f": {seen}"), flush=True)
        self.failed += not holds


def call(origin, method, path, body=None, headers=None):
    """One request without following redirects."""
    at = urllib.parse.urlsplit(origin)
    kind = http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection
    connection = kind(at.hostname, at.port, timeout=30)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), {**AGENT, **(headers or {})})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
    finally:
        connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def pages(check, origin):
    for path in ("/", "/code", "/pay", "/payment", "/pincode"):
        status, headers, _ = call(origin, "GET", path)
        csp = headers.get("content-security-policy", "")
        check(f"{path} is served", status == 200, status)
        check(f"{path} runs only what is ours", "default-src 'none'" in csp and "unsafe" not in csp, csp)
        check(f"{path} keeps to TLS, types and silence", headers.get("strict-transport-security", "").startswith("max-age=31536000")
              and headers.get("x-content-type-options") == "nosniff" and headers.get("referrer-policy") == "no-referrer", headers)
        check(f"{path} is asked for again each time", headers.get("cache-control") == "no-cache", headers.get("cache-control"))
    check("an unknown page is not found", call(origin, "GET", "/no-such-page")[0] == 404)


def tls(check, origin):
    check("http leads to https", call(origin.replace("https:", "http:"), "GET", "/")[0] in (301, 308))


def api(check, origin, behind):
    status, headers, text = call(origin, "GET", "/api/departments")
    check("departments are listed", status == 200 and "departments" in text, f"{status} {text[:200]}")
    status, headers, text = call(origin, "POST", "/api/patient/login", UNKNOWN, OURS)
    check("an unknown number is refused like any other", status == 401 and json.loads(text).get("code") == "combination-incorrect", f"{status} {text[:200]}")
    check("personal answers are not stored", "no-store" in headers.get("cache-control", ""), headers.get("cache-control"))
    check("another site's form is refused", call(origin, "POST", "/api/patient/login", UNKNOWN, {"Content-Type": "application/json"})[0] == 403)
    check("paying needs a sign-in that was begun", call(origin, "GET", "/api/patient/payment")[0] == 401)
    status, headers, text = call(origin, "POST", "/api/webhooks/stripe", {"type": "checkout.session.completed"}, {"Content-Type": "application/json"})
    check("a webhook that nobody signed is refused", status == 400 and json.loads(text).get("code") == "signature-invalid", f"{status} {text[:200]}")
    long = {"type": "checkout.session.completed", "data": "x" * 20_000}
    status, headers, text = call(origin, "POST", "/api/webhooks/stripe", long, {"Content-Type": "application/json"})
    check("a long one reaches its function, too", status == 400 and "signature-invalid" in text, f"{status} {text[:200]}")
    check("a visit needs a session", call(origin, "GET", "/api/studies")[0] == 401)
    try:
        status = call(behind, "GET", "/api/departments")[0]
        check("nobody gets around CloudFront", status == 403, status)
    except OSError as closed:
        check("nobody gets around CloudFront", True, closed)


def stack_resources(session, stack, kind):
    pages_of = session.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for page in pages_of for r in page["StackResourceSummaries"] if r["ResourceType"] == kind}


def functions(check, functions_api, names):
    for logical, name in names.items():
        live = functions_api.get_function_configuration(FunctionName=name, Qualifier="live")
        snap = live.get("SnapStart", {}).get("OptimizationStatus")
        check(f"{logical} starts from a snapshot", live["State"] == "Active" and snap == "On", f"{live['State']}, SnapStart {snap}")


def dead_letters(check, session, stack):
    queues, name = session.client("sqs"), "ApproximateNumberOfMessages"
    for logical, url in stack_resources(session, stack, "AWS::SQS::Queue").items():
        if logical.endswith("DeadLetters"):
            waiting = queues.get_queue_attributes(QueueUrl=url, AttributeNames=[name])["Attributes"][name]
            check(f"{logical} is empty", waiting == "0", waiting)


def refused(action):
    try:
        action()
    except ClientError as refusal:
        return refusal.response["Error"]["Code"] in ("AccessDenied", "403")
    return False


def inbox(check, sender, bucket, department):
    s3 = sender.client("s3")
    key = f"in/{department}/smoke-test.txt"
    other = "in/zz-smoke-test/smoke-test.txt"
    try:
        s3.put_object(Bucket=bucket, Key=key, Body=b"smoke test, not a study")
        check("a department puts under its own prefix", True)
    except ClientError as refusal:
        check("a department puts under its own prefix", False, refusal)
    check("and not under another's", refused(lambda: s3.put_object(Bucket=bucket, Key=other, Body=b"x")))
    check("it reads nothing back", refused(lambda: s3.get_object(Bucket=bucket, Key=key)))
    check("it lists nothing", refused(lambda: s3.list_objects_v2(Bucket=bucket, Prefix=f"in/{department}/")))
    check("it deletes nothing", refused(lambda: s3.delete_object(Bucket=bucket, Key=key)))
    plain = sender.client("s3", endpoint_url=f"http://s3.{sender.region_name}.amazonaws.com")
    check("TLS only", refused(lambda: plain.put_object(Bucket=bucket, Key=key, Body=b"x")))


def receipts(check, sender, bucket, department):
    s3 = sender.client("s3")
    try:
        s3.list_objects_v2(Bucket=bucket, Prefix=f"receipts/{department}/")
        check("it lists its own receipts", True)
    except ClientError as refusal:
        check("it lists its own receipts", False, refusal)
    check("and not another's", refused(lambda: s3.list_objects_v2(Bucket=bucket, Prefix="receipts/zz-smoke-test/")))
    check("nor everybody's", refused(lambda: s3.list_objects_v2(Bucket=bucket)))
    check("it writes no receipt", refused(lambda: s3.put_object(Bucket=bucket, Key=f"receipts/{department}/smoke-test.json", Body=b"{}")))


def quarantined(check, session, outputs, department, since):
    """The smoke object is no study: it must come out in quarantine with a reason, within two minutes."""
    s3 = session.client("s3")
    for _ in range(24):
        found = s3.list_objects_v2(Bucket=outputs["QuarantineBucketName"], Prefix=f"quar/{department}/")
        if any(o["LastModified"].timestamp() >= since - 5 and o["Key"].endswith(".json") for o in found.get("Contents", [])):
            return check("the inbox leads to study-ingest, which put it into quarantine", True)
        time.sleep(5)
    check("the inbox leads to study-ingest, which put it into quarantine", False, "nothing after two minutes")


def around_cloudfront(route):
    """What the API would hand a function of somebody who came around CloudFront: refused before anything is done."""
    request = {"http": {"method": route["method"], "path": route["path"], "sourceIp": "192.0.2.1"}, "requestId": "smoke"}
    headers = {"content-type": "application/json", "user-agent": AGENT["User-Agent"]}
    return json.dumps({"version": "2.0", "routeKey": f"{route['method']} {route['path']}", "rawPath": route["path"], "rawQueryString": "", "headers": headers, "requestContext": request, "body": "{}", "isBase64Encoded": False})


def refusal(functions_api, name, event):
    """The status of one call, or None where the account has no place for it at this moment."""
    try:
        answer = functions_api.invoke(FunctionName=name, Qualifier="live", Payload=event)
        return json.loads(answer["Payload"].read()).get("statusCode")
    except ClientError as failed:
        if failed.response["Error"]["Code"] == "TooManyRequestsException":
            return None
        raise


def warm(check, functions_api, names, routes, count):
    """The first restores after a deployment are slow; patients should not meet them. Called at once and past the firewall, whose
    limits are for others; whoever wants fewer answers than that has them throttled, which is no failure."""
    routes = {r["function"]: r for r in routes}
    with ThreadPoolExecutor(count) as pool:
        for logical in sorted(routes.keys() & names.keys()):
            event = around_cloudfront(routes[logical])
            seen = list(pool.map(lambda _: refusal(functions_api, names[logical], event), range(count)))
            check(f"{logical} is warm, and refuses whoever comes around CloudFront", set(seen) <= {403, None} and 403 in seen, seen)


def main():
    options = argparse.ArgumentParser(prog="scripts/smoke")
    options.add_argument("stack")
    options.add_argument("--region")
    options.add_argument("--warm", type=int, default=0, metavar="N", help="first N calls at once to each function behind the API, after a deployment")
    options.add_argument("--department", help="id of a department whose inbox is tried, with --sender-profile")
    options.add_argument("--sender-profile", help="AWS profile that assumes the department's role")
    given = options.parse_args()
    session = boto3.Session(region_name=given.region)
    (stack,) = session.client("cloudformation").describe_stacks(StackName=given.stack)["Stacks"]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in stack["Outputs"]}
    check = Checks()
    functions_api = session.client("lambda", config=Config(max_pool_connections=max(10, given.warm), retries={"total_max_attempts": 1}))
    names = stack_resources(session, given.stack, "AWS::Lambda::Function")
    if given.warm:
        warm(check, functions_api, names, json.loads(ROUTES.read_text(encoding="utf-8")), given.warm)
    functions(check, functions_api, names)
    pages(check, outputs["Pages"])
    tls(check, outputs["Pages"])
    api(check, outputs["Pages"], outputs["ApiAddress"])
    if given.department and given.sender_profile:
        since = time.time()
        sender = boto3.Session(profile_name=given.sender_profile, region_name=session.region_name)
        inbox(check, sender, outputs["InboxBucketName"], given.department)
        receipts(check, sender, outputs["ReceiptsBucketName"], given.department)
        quarantined(check, session, outputs, given.department, since)
    dead_letters(check, session, given.stack)
    print(f"{check.failed} failed" if check.failed else "all held")
    sys.exit(1 if check.failed else 0)


if __name__ == "__main__":
    main()

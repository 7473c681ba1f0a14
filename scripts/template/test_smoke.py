"""scripts/smoke.py against a firewall like ours: it gets through, twice in five minutes, and warms what patients meet first."""

import io
import json
import re
import sys
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from reading import ROOT, read

sys.path.insert(0, str(ROOT / "scripts"))
import smoke  # noqa: E402 (the path comes first)

CSP = "default-src 'none'"
ALWAYS = {"content-security-policy": CSP, "strict-transport-security": "max-age=31536000", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}


class Edge(BaseHTTPRequestHandler):
    """CloudFront with deploy/edge.yaml in front of the API, as far as the smoke test sees it."""

    def do_GET(self):
        self.answered(b"")

    def do_POST(self):
        self.answered(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def answered(self, body):
        self.server.seen.append(self.path)
        status, answer = self.judged(body)
        text = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**ALWAYS, "Cache-Control": "no-store" if self.path.startswith("/api/") else "no-cache", "Content-Length": str(len(text))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def judged(self, body):
        entrance = sum(path.startswith("/api/patient/") for path in self.server.seen)
        if not self.headers.get("User-Agent"):
            return 403, {"why": "NoUserAgent_HEADER"}
        if entrance > self.server.limits["EntranceRequests"] or len(self.server.seen) > self.server.limits["AllRequests"]:
            return 429, {"code": "too-many-requests"}
        if len(body) > 8192 and not self.path.startswith("/api/webhooks/"):
            return 403, {"why": "SizeRestrictions_BODY"}
        if self.path == "/api/webhooks/stripe":
            return 400, {"code": "signature-invalid"}
        if self.path == "/api/departments":
            return 200, {"departments": []}
        if self.path == "/api/patient/login":
            return (401, {"code": "combination-incorrect"}) if self.headers.get("X-Studygate") else (403, {"code": "forbidden"})
        if self.path.startswith("/api/"):
            return 401, {"code": "session-ended"}
        return (404, {}) if self.path == "/no-such-page" else (200, {})

    def log_message(self, *_):
        pass


class Behind(Edge):
    def judged(self, body):
        return 403, {"code": "forbidden"}


def served(kind, limits):
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.seen, server.limits = [], limits
    Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


class Functions:
    """Lambda's interface: counts who is called, and refuses what did not come through CloudFront."""

    def __init__(self):
        self.called = []

    def invoke(self, FunctionName, Qualifier, Payload):
        event = json.loads(Payload)
        self.called.append((FunctionName, Qualifier, event["requestContext"]["http"]["method"]))
        status = 403 if "x-studygate-origin" not in event["headers"] else 200
        return {"Payload": io.BytesIO(json.dumps({"statusCode": status}).encode())}


class Smoke(unittest.TestCase):
    def test_it_passes_our_own_firewall_twice_in_five_minutes(self):
        rules = read("deploy/edge.yaml")["Parameters"]
        limits = {name: rules[name]["Default"] for name in ("EntranceRequests", "AllRequests")}
        edge, origin = served(Edge, limits)
        api, behind = served(Behind, limits)
        check = smoke.Checks()
        sys.stdout, kept = io.StringIO(), sys.stdout
        try:
            for _ in range(2):
                smoke.pages(check, origin)
                smoke.api(check, origin, behind)
        finally:
            said, sys.stdout = sys.stdout.getvalue(), kept
            for server in (edge, api):
                server.shutdown()
                server.server_close()
        self.assertEqual([], re.findall(r"(?m)^FAILS.*", said))
        self.assertEqual(0, check.failed)
        self.assertLess(sum(path.startswith("/api/patient/") for path in edge.seen), 20, "of 300 in five minutes, which a waiting room shares")

    def test_it_warms_every_function_behind_the_api(self):
        routes = json.loads((ROOT / "docs/routes.json").read_text(encoding="utf-8"))
        functions, check = Functions(), smoke.Checks()
        sys.stdout, kept = io.StringIO(), sys.stdout
        try:
            smoke.warm(check, functions, {r["function"]: r["function"] for r in routes}, routes, 7)
        finally:
            sys.stdout = kept
        self.assertEqual(0, check.failed)
        self.assertEqual({(r["function"], "live") for r in routes}, {(name, alias) for name, alias, _ in functions.called})
        for first in ("ReferenceLoginFunction", "OtpVerifyFunction", "PincodeVerifyFunction", "PaymentWebhookFunction"):
            self.assertEqual([(first, "live", "POST")] * 7, [c for c in functions.called if c[0] == first])


if __name__ == "__main__":
    unittest.main()

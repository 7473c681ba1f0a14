"""Each rule passes on the template as it is and complains about a copy that breaks it."""

import copy
import json
import posixpath
import re
import shutil
import subprocess
import unittest
from urllib.parse import unquote

import rules
from reading import ROOT, read

TEMPLATE = read()


def of(template, name):
    return template["Resources"][name]["Properties"]


def role(template, name):
    return of(template, name)["Policies"][0]["PolicyDocument"]["Statement"]


def trail(template):
    return of(template, "AuditTable")["ResourcePolicy"]["PolicyDocument"]["Statement"][0]


def drop(mapping, key):
    del mapping[key]


def csp(template, old, new, policy="PageHeaders"):
    security = of(template, policy)["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]["ContentSecurityPolicy"]
    said = security["ContentSecurityPolicy"]
    if isinstance(said, str):
        security["ContentSecurityPolicy"] = said.replace(old, new)
    else:
        said["Fn::Sub"] = said["Fn::Sub"].replace(old, new)


def allow(*actions, on):
    return {"Effect": "Allow", "Action": list(actions), "Resource": on}


def bucket_policy(template, name):
    return of(template, name)["PolicyDocument"]["Statement"]


def only(sids, statements):
    statements[:] = [s for s in statements if s.get("Sid") in sids]


# rule: the ways to break it
COUNTEREXAMPLES = {
    "each_function_has_a_role_of_its_own": [
        lambda t: of(t, "NotifyFunction").update(Role={"Fn::GetAtt": "SessionRole.Arn"}),
        lambda t: of(t, "NotifyFunction").update(Policies=["AmazonSNSFullAccess"]),
        lambda t: of(t, "NotifyRole").update(ManagedPolicyArns=["arn:aws:iam::aws:policy/AdministratorAccess"]),
        lambda t: of(t, "NotifyRole")["AssumeRolePolicyDocument"]["Statement"][0].update(Principal={"AWS": "*"}),
        lambda t: drop(of(t, "NotifyRole"), "PermissionsBoundary"),
    ],
    "no_action_is_a_wildcard": [
        lambda t: role(t, "SessionRole").append(allow("dynamodb:*", on={"Fn::GetAtt": "SessionsTable.Arn"})),
        lambda t: role(t, "SessionRole").append(allow("*", on="*")),
        lambda t: role(t, "SessionRole").append(allow("dynamodb:Scan", on={"Fn::GetAtt": "SessionsTable.Arn"})),
    ],
    "allowed_resources_are_named": [
        lambda t: role(t, "SessionRole").append(allow("dynamodb:GetItem", on="*")),
        lambda t: role(t, "SessionRole").append(allow("s3:GetObject", on="arn:aws:s3:::*")),
        lambda t: role(t, "SessionRole").append({"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::x"}),
    ],
    "sms_go_to_numbers_never_to_topics": [
        lambda t: drop_statement(t, "NotifyRole", lambda s: s["Effect"] == "Deny"),
    ],
    "environment_and_role_agree": [
        lambda t: role(t, "DepartmentViewRole").append(allow("dynamodb:GetItem", on={"Fn::GetAtt": "StudiesTable.Arn"})),
        lambda t: of(t, "DepartmentViewFunction")["Environment"]["Variables"].update(AUDIT_TABLE={"Ref": "AuditTable"}),
        lambda t: of(t, "DepartmentViewFunction")["Environment"]["Variables"].update(DEPARTMENTS_TABLE={"Ref": "InboxBucket"}),
    ],
    "variables_are_the_documented_ones": [
        lambda t: of(t, "SessionFunction")["Environment"]["Variables"].update(DEBUG_MODE="1"),
    ],
    "functions_ask_for_what_they_are_given": [
        lambda t: of(t, "SessionFunction")["Environment"]["Variables"].update(ORDERS_TABLE={"Ref": "OrdersTable"}),
        lambda t: drop(of(t, "SessionFunction")["Environment"]["Variables"], "SESSIONS_TABLE"),
    ],
    "each_route_is_served_by_its_handler": [
        lambda t: of(t, "StudyViewFunction")["Events"]["GetStudiesIdReport"]["Properties"].update(Path="/api/studies/{id}/letter"),
        lambda t: of(t, "SessionFunction")["Events"].update(Peek={"Type": "HttpApi", "Properties": {"Method": "GET", "Path": "/api/session/peek"}}),
        lambda t: drop(of(t, "DepartmentViewFunction")["Events"], "GetDepartmentsIdLogo"),
        lambda t: of(t, "OtpVerifyFunction")["Events"].update(Again={"Type": "HttpApi", "Properties": {"Method": "POST", "Path": "/api/patient/otp"}}),
        lambda t: of(t, "ReferenceLoginFunction")["Events"]["PostPatientLogin"]["Properties"].update(Method="PUT"),
    ],
    "parameters_reach_functions_in_variables_only": [
        lambda t: of(t, "SessionFunction").update(Timeout={"Ref": "LogDays"}),
        lambda t: of(t, "SessionFunction")["Environment"]["Variables"].update(PUBLIC_ORIGIN={"Fn::Sub": "${PublicOrigin}/"}),
    ],
    "functions_are_alike": [
        lambda t: t["Globals"]["Function"].update(Architectures=["x86_64"]),
        lambda t: drop(t["Globals"]["Function"], "SnapStart"),
        lambda t: of(t, "SessionFunction").update(AutoPublishAliasAllProperties=False),
        lambda t: of(t, "SessionFunction").update(Handler="org.studygate.session.SessionHandler"),
        lambda t: of(t, "SessionFunction").update(CodeUri="functions/session"),
    ],
    "logs_end_some_day": [
        lambda t: drop(of(t, "SessionLogs"), "RetentionInDays"),
        lambda t: drop(of(t, "SessionFunction"), "LoggingConfig"),
    ],
    "every_queue_has_dead_letters": [
        lambda t: drop(of(t, "InboxQueue"), "RedrivePolicy"),
        lambda t: of(t, "InboxQueue").update(VisibilityTimeout=30),
        lambda t: of(t, "MessageIngestFunction")["Events"]["Message"]["Properties"].pop("FunctionResponseTypes"),
        lambda t: of(t, "InboxQueue").update(SqsManagedSseEnabled=False),
        lambda t: drop(of(t, "InboxDeadLetters"), "MessageRetentionPeriod"),
    ],
    "streams_and_schedules_have_dead_letters": [
        lambda t: of(t, "NotifyFunction")["Events"]["Outbox"]["Properties"].pop("DestinationConfig"),
        lambda t: of(t, "NotifyFunction")["Events"]["Outbox"]["Properties"].pop("MaximumRetryAttempts"),
        lambda t: of(t, "HousekeepingFunction")["Events"]["EveryMinute"]["Properties"].pop("DeadLetterConfig"),
        lambda t: drop(of(t, "HousekeepingFunction"), "EventInvokeConfig"),
    ],
    "every_index_is_queried": [
        lambda t: of(t, "OrdersTable").update(GlobalSecondaryIndexes=[{"IndexName": "ByPatient"}]),
        lambda t: drop(of(t, "PaymentsTable"), "GlobalSecondaryIndexes"),
    ],
    "permanent_tables_can_be_restored": [
        lambda t: drop(of(t, "AuditTable"), "PointInTimeRecoverySpecification"),
        lambda t: of(t, "OrdersTable").update(DeletionProtectionEnabled=False),
        lambda t: of(t, "OrdersTable").update(BillingMode="PROVISIONED"),
        lambda t: t["Resources"]["StudiesTable"].update(DeletionPolicy="Delete"),
    ],
    "one_key_for_what_is_kept_of_people": [
        lambda t: drop(of(t, "SessionsTable"), "SSESpecification"),
        lambda t: of(t, "OrdersTable").update(SSESpecification={"SSEEnabled": True}),
        lambda t: of(t, "StudiesBucket").update(BucketEncryption=of(t, "PagesBucket")["BucketEncryption"]),
        lambda t: drop(of(t, "PepperSecret"), "KmsKeyId"),
    ],
    "patients_have_a_floor": [
        lambda t: drop(of(t, "StudyViewFunction"), "ReservedConcurrentExecutions"),
    ],
    "buckets_are_private_and_encrypted": [
        lambda t: of(t, "StudiesBucket")["PublicAccessBlockConfiguration"].update(BlockPublicPolicy=False),
        lambda t: drop(of(t, "StudiesBucket"), "BucketEncryption"),
        lambda t: drop(of(t, "StudiesBucket"), "OwnershipControls"),
        lambda t: drop(of(t, "InboxBucket"), "LifecycleConfiguration"),
        lambda t: of(t, "StudiesBucket")["CorsConfiguration"]["CorsRules"][0].update(AllowedOrigins=["*"]),
        lambda t: t["Resources"]["StudiesBucket"].update(DeletionPolicy="Delete"),
    ],
    "buckets_take_encrypted_transport_only": [
        lambda t: drop(t["Resources"], "QuarantineBucketPolicy"),
        lambda t: only([], bucket_policy(t, "StudiesBucketPolicy")),
        lambda t: bucket_policy(t, "StudiesBucketPolicy")[0].update(Resource={"Fn::GetAtt": "StudiesBucket.Arn"}),
    ],
    "bucket_policies_let_in_cloudfront_only": [
        lambda t: bucket_policy(t, "StudiesBucketPolicy").append({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"}),
        lambda t: bucket_policy(t, "InboxBucketPolicy").append({"Effect": "Allow", "Principal": {"AWS": "x"}, "Action": "s3:PutObject", "Resource": "x"}),
        lambda t: bucket_policy(t, "PagesBucketPolicy")[1].update(Action="s3:*"),
        lambda t: bucket_policy(t, "EdgeLogsBucketPolicy")[1].update(Condition={}),
        lambda t: bucket_policy(t, "InboxBucketPolicy").append(bucket_policy(t, "EdgeLogsBucketPolicy")[1]),
    ],
    "departments_stay_in_their_own_prefix": [
        lambda t: only(["EncryptedTransportOnly"], bucket_policy(t, "InboxBucketPolicy")),
        lambda t: bucket_policy(t, "InboxBucketPolicy")[1].update(Condition={"Null": {"aws:PrincipalTag/department": "false"}}),
        lambda t: bucket_policy(t, "StudiesBucketPolicy")[1].update(Condition={"Null": {"aws:PrincipalTag/department": "false"}}),
    ],
    "a_first_try_that_failed_can_be_repeated": [
        lambda t: t["Resources"]["InboxBucket"].update(DeletionPolicy="Retain"),
        lambda t: t["Resources"]["SessionLogs"].update(DeletionPolicy="Retain"),
        lambda t: t["Resources"]["OrdersTable"].update(DeletionPolicy="Retain"),
        lambda t: drop(t["Resources"]["PepperSecret"], "UpdateReplacePolicy"),
    ],
    "warnings_do_not_stop_the_api": [
        lambda t: of(t, "HttpApi").update(FailOnWarnings=True),
    ],
    "objects_outlive_their_dead_letters": [
        lambda t: of(t, "InboxBucket")["LifecycleConfiguration"]["Rules"][0].update(ExpirationInDays=14),
    ],
    "departments_read_their_own_receipts_only": [
        lambda t: only(["EncryptedTransportOnly", "DepartmentsReadTheirOwn", "DepartmentsListTheirOwn"], bucket_policy(t, "ReceiptsBucketPolicy")),
        lambda t: only(["EncryptedTransportOnly", "DepartmentsOnlyRead", "DepartmentsListTheirOwn"], bucket_policy(t, "ReceiptsBucketPolicy")),
        lambda t: only(["EncryptedTransportOnly", "DepartmentsOnlyRead", "DepartmentsReadTheirOwn"], bucket_policy(t, "ReceiptsBucketPolicy")),
    ],
    "picture_addresses_are_short_lived": [
        lambda t: only(["EncryptedTransportOnly"], bucket_policy(t, "StudiesBucketPolicy")),
        lambda t: bucket_policy(t, "StudiesBucketPolicy")[1]["Condition"]["NumericGreaterThan"].update({"s3:signatureAge": 3600000}),
    ],
    "everything_that_can_fail_has_an_alarm": [
        lambda t: drop(t["Resources"], "SmsSent"),
        lambda t: of(t, "SmsSent").update(AlarmActions=[]),
        lambda t: of(t, "RefusedLogins").update(Period=300),
        lambda t: drop(t["Resources"], "PincodesDelayed"),
        lambda t: drop(t["Resources"], "RollUpQueueAge"),
        lambda t: drop(t["Resources"], "HousekeepingSilent"),
    ],
    "each_function_and_its_dead_letters_ring_by_their_name": [
        lambda t: drop(t["Resources"], "NotifyErrors"),
        lambda t: drop(t["Resources"], "InboxDeadLettersDepth"),
        lambda t: of(t, "NotifyErrors").update(AlarmActions=[]),
        lambda t: of(t, "NotifyErrors")["Metrics"].pop(),
        lambda t: of(t, "NotifyErrors")["Metrics"][2]["MetricStat"]["Metric"]["Dimensions"][0]["Value"].update(Ref="SessionFunction"),
        lambda t: of(t, "PaymentSweepErrors").update(EvaluationPeriods=5, DatapointsToAlarm=2),
        lambda t: of(t, "InboxDeadLettersDepth").update(Threshold=10),
    ],
    "what_the_trail_holds_stays": [
        lambda t: drop(of(t, "AuditTable"), "ResourcePolicy"),
        lambda t: trail(t)["Action"].remove("dynamodb:DeleteItem"),
        lambda t: trail(t).update(Condition={"StringNotEquals": {"aws:PrincipalArn": "x"}}),
        lambda t: trail(t).update(Principal={"AWS": "x"}),
        lambda t: role(t, "SessionRole").append(allow("dynamodb:UpdateItem", on={"Fn::GetAtt": "AuditTable.Arn"})),
        lambda t: role(t, "NotifyRole").append(allow("dynamodb:DeleteItem", on={"Fn::GetAtt": "AuditTable.Arn"})),
    ],
    "alarms_watch_what_the_code_tells": [
        lambda t: of(t, "SmsSent").update(MetricName="SmsCount"),
        lambda t: of(t, "NotifyErrors")["Metrics"][2]["MetricStat"]["Metric"].update(MetricName="Caught"),
    ],
    "routes_are_throttled": [
        lambda t: drop(of(t, "HttpApi"), "DefaultRouteSettings"),
        lambda t: drop(of(t, "HttpApi")["RouteSettings"], "POST /api/patient/otp"),
        lambda t: drop(of(t, "HttpApi")["RouteSettings"], "POST /api/webhooks/stripe"),
        lambda t: of(t, "HttpApi")["RouteSettings"].update({"GET /gone": {"ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 1}}),
        lambda t: of(t, "SessionFunction")["Events"]["GetSession"]["Properties"].pop("ApiId"),
    ],
    "only_cloudfront_reaches_the_api": [
        lambda t: of(t, "Distribution")["DistributionConfig"]["Origins"][1].pop("OriginCustomHeaders"),
        lambda t: drop(of(t, "HttpApi"), "DisableExecuteApiEndpoint"),
        lambda t: drop(of(t, "SessionFunction")["Environment"]["Variables"], "ORIGIN_SECRET_ARN"),
    ],
    "headers_that_functions_read_reach_them": [
        lambda t: of(t, "ApiRequests")["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"].remove("X-Accept-Encoding"),
        lambda t: of(t, "ApiRequests")["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"].append("Accept-Encoding"),
        lambda t: of(t, "ApiRequests")["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"].extend(f"X-{i}" for i in range(3)),
    ],
    "the_edge_is_strict": [
        lambda t: of(t, "Distribution")["DistributionConfig"].pop("WebACLId"),
        lambda t: of(t, "Distribution")["DistributionConfig"]["DefaultCacheBehavior"].update(ViewerProtocolPolicy="allow-all"),
        lambda t: of(t, "Distribution")["DistributionConfig"]["CacheBehaviors"][2].update(CachePolicyId="658327ea-f89d-4fab-a63d-7e88639e58f6"),
        lambda t: of(t, "Distribution")["DistributionConfig"]["CacheBehaviors"][0].pop("ResponseHeadersPolicyId"),
        lambda t: csp(t, "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        lambda t: csp(t, "frame-ancestors 'none'", "frame-ancestors *"),
        lambda t: csp(t, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
        lambda t: csp(t, "'wasm-unsafe-eval'", "'unsafe-eval'", "DecoderHeaders"),
    ],
    "pages_are_the_ones_that_are_built": [
        lambda t: of(t, "PageNames").update(FunctionCode=of(t, "PageNames")["FunctionCode"].replace("'index', ", "")),
    ],
}


def drop_statement(template, name, unwanted):
    statements = role(template, name)
    statements[:] = [s for s in statements if not unwanted(s)]


class Rules(unittest.TestCase):
    def test_the_template_keeps_every_rule(self):
        for rule in rules.RULES:
            self.assertEqual([], list(rule(TEMPLATE)), rule.__name__)

    def test_every_rule_has_a_counterexample(self):
        self.assertEqual({rule.__name__ for rule in rules.RULES}, set(COUNTEREXAMPLES))

    def test_every_rule_sees_every_counterexample(self):
        for rule in rules.RULES:
            for number, breaks in enumerate(COUNTEREXAMPLES[rule.__name__]):
                with self.subTest(rule=rule.__name__, counterexample=number):
                    broken = copy.deepcopy(TEMPLATE)
                    breaks(broken)
                    self.assertTrue(list(rule(broken)), "went unseen")


@unittest.skipUnless(shutil.which("node"), "node is not there")
class EntranceRate(unittest.TestCase):
    """The firewall counts a call to the entrance however its path is spelled."""

    def setUp(self):
        rules_of = read("deploy/edge.yaml")["Resources"]["WebAcl"]["Properties"]["Rules"]
        (entrance,) = [r for r in rules_of if r.get("Name") == "entrance-rate"]
        self.match = entrance["Statement"]["RateBasedStatement"]["ScopeDownStatement"]["ByteMatchStatement"]

    def seen(self, path):
        ways = {"URL_DECODE": unquote, "LOWERCASE": str.lower, "NORMALIZE_PATH": lambda p: "/" + posixpath.normpath(p).lstrip("/")}
        for step in sorted(self.match["TextTransformations"], key=lambda t: t["Priority"]):
            path = ways[step["Type"]](path)
        return path

    def test_however_it_is_spelled(self):
        for path in ("/api/patient/login", "/api/%70atient/login", "/%61pi/patient/otp", "//api//patient/login", "/api/./patient/login", "/api/x/../patient/login",
                     "/api/x/%2e%2e/patient/login", "/API/Patient/login", "/api%2Fpatient/login"):
            self.assertTrue(self.seen(path).startswith(self.match["SearchString"]), path)
        for path in ("/api/session", "/patient/login", "/"):
            self.assertFalse(self.seen(path).startswith(self.match["SearchString"]), path)


class ClosedPage(unittest.TestCase):
    def test_it_speaks_every_language(self):
        page = read("deploy/edge.yaml")["Resources"]["WebAcl"]["Properties"]["CustomResponseBodies"]["closed-page"]["Content"]
        catalogues = ROOT / "shared/src/main/resources/org/studygate/i18n"
        self.assertEqual(sorted(folder.name for folder in catalogues.iterdir()), sorted(re.findall(r'<p lang="(\w+)">', page)))


class PageNames(unittest.TestCase):
    """The function at the edge, run as it stands in the template."""

    def answer(self, uri):
        code = of(TEMPLATE, "PageNames")["FunctionCode"]
        call = f"console.log(JSON.stringify(handler({json.dumps({'request': {'uri': uri, 'method': 'GET'}})})))"
        done = subprocess.run(["node", "-e", code + "\n" + call], capture_output=True, check=True, text=True, cwd=ROOT)
        return json.loads(done.stdout)

    def test_pages_are_files(self):
        self.assertEqual("/index.html", self.answer("/")["uri"])
        for page in ["code", "pay", "payment", "pincode"]:
            self.assertEqual(f"/{page}.html", self.answer(f"/{page}")["uri"])

    def test_the_pages_of_professionals_are_one_file(self):
        for page in ["", "/studies", "/studies/0123456789abcdefghjkmnpqrs", "/studies/0123456789abcdefghjkmnpqrs/access", "/account"]:
            self.assertEqual("/professional.html", self.answer(f"/professional{page}")["uri"])

    def test_files_stay_what_they_are(self):
        self.assertEqual("/assets/code-1f.js", self.answer("/assets/code-1f.js")["uri"])

    def test_everything_else_is_not_found(self):
        for uri in ["/nothing", "/code/", "//evil", "/__proto__", "/constructor", "/professional/", "/professionals", "/professional/studies/a/b", "/professional/studies/a/access/b", "/professional/studies/access/", "/professional//studies", "/" + "a" * 2000]:
            answer = self.answer(uri)
            self.assertEqual(404, answer["statusCode"], uri)
            self.assertNotIn(uri, answer["body"])


if __name__ == "__main__":
    unittest.main()

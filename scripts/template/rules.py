"""What template.yaml must keep. A rule takes the template and yields complaints; test_rules.py breaks each of them once."""

import json
import re

from reading import ROOT, as_list, events, functions, named, resources, role_statements, statements

RULES = []

# Short-lived by nature: losing them logs people out and nothing else.
FLEETING_TABLES = {"ActsTable", "ChallengesTable", "SessionsTable", "LimitsTable", "ReceiptsTable"}
# Emptied as it is worked off, so it may be deleted with its stack; still restored to a point in time.
UNPROTECTED_TABLES = FLEETING_TABLES | {"OutboxTable"}
# The pages are public, the edge writes its own log, and the origin's header opens no data.
NOT_OF_PATIENTS = {"PagesBucket", "EdgeLogsBucket", "OriginSecret"}
# Actions that name no resource in AWS's own reference.
WITHOUT_RESOURCE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "dynamodb:ListStreams", "sns:Publish"}
VARIABLES = {"TABLE": "AWS::DynamoDB::Table", "BUCKET": "AWS::S3::Bucket", "URL": "AWS::SQS::Queue", "ARN": "AWS::SecretsManager::Secret"}


def rule(check):
    RULES.append(check)
    return check


def roles(template):
    return resources(template, "AWS::IAM::Role")


@rule
def each_function_has_a_role_of_its_own(template):
    used = [named(f.get("Role")) for f in functions(template).values()]
    for name, function in functions(template).items():
        role = named(function.get("Role"))
        if role not in roles(template) or used.count(role) > 1:
            yield f"{name} shares a role or has none"
        if "Policies" in function:
            yield f"{name} has policies beside its role"
    for name, role in roles(template).items():
        properties = role["Properties"]
        trusted = [s["Principal"] for s in statements(properties["AssumeRolePolicyDocument"])]
        if properties.get("ManagedPolicyArns") or trusted != [{"Service": "lambda.amazonaws.com"}]:
            yield f"{name} takes policies from elsewhere, or another service may assume it"
        if properties.get("PermissionsBoundary", {}).get("Fn::If", [None, None])[:2] != ["HasBoundary", {"Ref": "PermissionsBoundary"}]:
            yield f"{name} cannot be made where roles must have a boundary"


@rule
def no_action_is_a_wildcard(template):
    for name in roles(template):
        for statement in role_statements(template, name):
            for action in as_list(statement.get("Action", "*")):
                if "*" in action or action in ("dynamodb:Scan", "iam:PassRole", "sts:AssumeRole"):
                    yield f"{name} allows {action}"


@rule
def allowed_resources_are_named(template):
    for name in roles(template):
        for statement in role_statements(template, name):
            if statement["Effect"] != "Allow":
                continue
            if "NotResource" in statement or "NotAction" in statement or "Resource" not in statement:
                yield f"{name} allows everything but something"
                continue
            for resource in as_list(statement["Resource"]):
                loose = resource == "*" or ":*" in json.dumps(resource)
                if loose and not set(as_list(statement["Action"])) <= WITHOUT_RESOURCE:
                    yield f"{name} allows {statement['Action']} on everything"


@rule
def sms_go_to_numbers_never_to_topics(template):
    for name in roles(template):
        all_statements = list(role_statements(template, name))
        publishes = any("sns:Publish" in as_list(s["Action"]) and s["Effect"] == "Allow" for s in all_statements)
        refuses = any(
            "sns:Publish" in as_list(s["Action"]) and s["Effect"] == "Deny" and ":sns:*:*:*" in json.dumps(s["Resource"])
            for s in all_statements
        )
        if publishes and not refuses:
            yield f"{name} may publish to topics"


@rule
def environment_and_role_agree(template):
    """What a function is told of it may use, and what it may use it is told of."""
    for name, function in functions(template).items():
        told = set()
        for key, value in function["Environment"]["Variables"].items():
            kind = VARIABLES.get(key.split("_")[-1])
            if kind:
                told.add(named(value))
                if template["Resources"].get(named(value), {}).get("Type") != kind:
                    yield f"{name}: {key} is not a {kind}"
        allowed = set()
        for statement in role_statements(template, named(function["Role"])):
            if statement["Effect"] == "Allow":
                allowed |= {named(r) for r in as_list(statement.get("Resource", []))}
        of_the_template = {r for r in allowed if template["Resources"].get(r, {}).get("Type") in VARIABLES.values()}
        triggers = {named(p.get("Queue") or p.get("Stream")) for f, _, p in events(template, "SQS") + events(template, "DynamoDB") if f == name}
        failures = {r for r in of_the_template if r.endswith("DeadLetters")}
        if told - allowed:
            yield f"{name} is told of {sorted(told - allowed)} but may not use it"
        if of_the_template - told - triggers - failures:
            yield f"{name} may use {sorted(of_the_template - told - triggers - failures)} but is not told of it"


@rule
def variables_are_the_documented_ones(template):
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b|\bPUBLIC_ORIGIN\b", page))
    for name, function in functions(template).items():
        for key in function["Environment"]["Variables"]:
            if key not in documented:
                yield f"{name}: {key} is not in docs/architecture.md"


def stores():
    """Which variables each store of `Stores` asks for."""
    source = (ROOT / "shared/src/main/java/org/studygate/wiring/Stores.java").read_text(encoding="utf-8")
    bodies = dict(re.findall(r"(?:public|private) \w+ (\w+)\(\) \{(.*?)\n  \}", source, re.DOTALL))

    def variables(store):
        own = set(re.findall(r'name\("([A-Z_]+)"\)', bodies[store]))
        return own.union(*(variables(called) for called in re.findall(r"\b(\w+)\(\)", bodies[store]) if called in bodies))

    return {store: variables(store) for store in bodies}


@rule
def functions_ask_for_what_they_are_given(template):
    """Neither a variable that no code reads (and a right nobody needs), nor one that is missing at the first call."""
    asks = stores()
    for name, function in functions(template).items():
        sources = ROOT / function["CodeUri"].split("/target/")[0] / "src/main/java"
        read_by_all = {"ORIGIN_SECRET_ARN", "PUBLIC_ORIGIN"}  # by shared, for whoever speaks HTTP or writes to people
        known = {key for other in functions(template).values() for key in other["Environment"]["Variables"]}
        texts = [source.read_text(encoding="utf-8") for source in sources.rglob("*.java")]
        if any("StripeSettlement.on(" in text for text in texts):
            texts.append((ROOT / "shared/stripe/src/main/java/org/studygate/stripe/StripeSettlement.java").read_text(encoding="utf-8"))
        asked = {word for text in texts for word in re.findall(r'"([A-Z_]+)"', text)}
        asked |= {variable for text in texts for store in re.findall(r"(?:\bstores|\bnew Stores\(platform\))\.(\w+)\(\)", text) for variable in asks[store]}
        given = set(function["Environment"]["Variables"]) - read_by_all
        asked = (asked & known) - read_by_all
        if given != asked:
            yield f"{name}: given but not read {sorted(given - asked)}; read but not given {sorted(asked - given)}"


@rule
def each_route_is_served_by_its_handler(template):
    """Neither a route that its handler does not know, a 404 that no other check sees, nor one that nothing leads to."""
    for name, function in functions(template).items():
        routed = {f"{p['Method']} {p['Path']}" for f, _, p in events(template, "HttpApi") if f == name}
        handler = ROOT / function["CodeUri"].split("/target/")[0] / "src/main/java" / (function["Handler"].replace(".", "/") + ".java")
        source = handler.read_text(encoding="utf-8") if handler.exists() else ""
        told = set(re.findall(r"\b[A-Z]+ /api/[\w/{}-]*", source))
        served = set(re.findall(r'case "([A-Z]+ /[^"]*)"', source)) if len(routed) > 1 else told
        if routed != told or routed != served:
            yield f"{name}: routed but not served {sorted(routed - (told & served))}; told or served but not routed {sorted((told | served) - routed)}"


@rule
def parameters_reach_functions_in_variables_only(template):
    """As `NAME: !Ref Parameter`, which scripts/deploy replaces by the value: else a change of it would publish nothing (parameters.py)."""
    known = "|".join(template["Parameters"])
    refers = re.compile(rf'"Ref": "(?:{known})"|\$\{{(?:{known})\}}')
    for name, function in functions(template).items():
        own = {k: v for k, v in function.items() if k not in ("Environment", "Events", "ReservedConcurrentExecutions")}
        if refers.search(json.dumps(own)):
            yield f"{name} changes with a parameter, and the change would publish nothing"
        for key, value in function["Environment"]["Variables"].items():
            if refers.search(json.dumps(value)) and set(value) != {"Ref"}:
                yield f"{name}: {key} makes more of a parameter than its value"


@rule
def functions_are_alike(template):
    for name, function in functions(template).items():
        wanted = {
            "Runtime": "java25",
            "Architectures": ["arm64"],
            "Tracing": "Active",
            "SnapStart": {"ApplyOn": "PublishedVersions"},
            "AutoPublishAlias": "live",
            "AutoPublishAliasAllProperties": True,
        }
        for key, value in wanted.items():
            if function.get(key) != value:
                yield f"{name}: {key} is {function.get(key)}, not {value}"
        folder = function["CodeUri"].split("/")[1]
        if function["CodeUri"] != f"functions/{folder}/target/function.zip":
            yield f"{name} is not the zip that Maven builds"
        source = ROOT / "functions" / folder / "src/main/java" / (function["Handler"].replace(".", "/") + ".java")
        if not source.exists():
            yield f"{name}: no {source.relative_to(ROOT)}"


@rule
def logs_end_some_day(template):
    groups = resources(template, "AWS::Logs::LogGroup")
    for name, function in functions(template).items():
        if named(function["LoggingConfig"].get("LogGroup")) not in groups or function["LoggingConfig"].get("LogFormat") != "JSON":
            yield f"{name} has no log group of its own or does not log JSON"
    for name, group in groups.items():
        if "RetentionInDays" not in group["Properties"]:
            yield f"{name} is kept for ever"


def _dead_letters(template, queue):
    target = named(queue["Properties"].get("RedrivePolicy", {}).get("deadLetterTargetArn"))
    return template["Resources"].get(target, {}).get("Type") == "AWS::SQS::Queue" and target


@rule
def every_queue_has_dead_letters(template):
    queues = resources(template, "AWS::SQS::Queue")
    for function, event, properties in events(template, "SQS"):
        queue = queues[named(properties["Queue"])]
        timeout = functions(template)[function]["Timeout"]
        redrive = queue["Properties"].get("RedrivePolicy", {})
        if not _dead_letters(template, queue) or redrive.get("maxReceiveCount") != 5:
            yield f"{function}: what {event} cannot handle goes nowhere after five tries"
        if queue["Properties"]["VisibilityTimeout"] < 6 * timeout:
            yield f"{function}: {event} comes back while it is still worked on"
        if properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"] or "MaximumConcurrency" not in properties.get("ScalingConfig", {}):
            yield f"{function}: {event} repeats whole batches or takes the account's whole concurrency"
    for name, queue in queues.items():
        if not queue["Properties"].get("SqsManagedSseEnabled"):
            yield f"{name} is not encrypted"
        if name.endswith("DeadLetters") and queue["Properties"].get("MessageRetentionPeriod") != 1209600:
            yield f"{name} forgets before people have looked"


@rule
def streams_and_schedules_have_dead_letters(template):
    queues = resources(template, "AWS::SQS::Queue")
    for function, event, properties in events(template, "DynamoDB"):
        failure = properties.get("DestinationConfig", {}).get("OnFailure", {})
        if named(failure.get("Destination")) not in queues or not properties.get("BisectBatchOnFunctionError"):
            yield f"{function}: a bad record of {event} holds up the others or is lost"
        if not 0 <= properties.get("MaximumRetryAttempts", -1) <= 10 or properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{function}: {event} is tried for ever"
    for function, event, properties in events(template, "Schedule"):
        invoked = functions(template)[function].get("EventInvokeConfig", {}).get("DestinationConfig", {}).get("OnFailure", {})
        if named(properties.get("DeadLetterConfig", {}).get("Arn")) not in queues or named(invoked.get("Destination")) not in queues:
            yield f"{function}: a failed {event} is lost"


# by one query of one store, which looks in a second table, too
IN_TWO_TABLES = ["ByFound"]


@rule
def every_index_is_queried(template):
    """An index that no store asks costs a write each time; one that is asked and not there is an error at the first call."""
    have = [index["IndexName"] for table in resources(template, "AWS::DynamoDB::Table").values() for index in table["Properties"].get("GlobalSecondaryIndexes", [])]
    asked = [name for store in (ROOT / "shared/src/main/java").rglob("Dynamo*.java") for name in set(re.findall(r'indexName\("(\w+)"\)', store.read_text(encoding="utf-8")))]
    asked += IN_TWO_TABLES
    if sorted(have) != sorted(asked):
        yield f"tables have {sorted(have)}, stores ask {sorted(asked)}"


@rule
def permanent_tables_can_be_restored(template):
    for name, table in resources(template, "AWS::DynamoDB::Table").items():
        properties = table["Properties"]
        if properties.get("BillingMode") != "PAY_PER_REQUEST":
            yield f"{name} is not paid per request"
        if name not in FLEETING_TABLES:
            if not properties.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
                yield f"{name} has no point-in-time recovery"
            if table.get("DeletionPolicy") != "RetainExceptOnCreate" or table.get("UpdateReplacePolicy") != "Retain":
                yield f"{name} goes with its stack"
        if name not in UNPROTECTED_TABLES and not properties.get("DeletionProtectionEnabled"):
            yield f"{name} can be deleted by a slip"


@rule
def one_key_for_what_is_kept_of_people(template):
    """AWS's key, or the hospital's in all places at once: half of the data under it would be neither (docs/adr/0023)."""
    key = {"Ref": "DataKeyArn"}
    for name, table in resources(template, "AWS::DynamoDB::Table").items():
        theirs = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": key}
        if table["Properties"].get("SSESpecification") != {"Fn::If": ["HasDataKey", theirs, {"SSEEnabled": True}]}:
            yield f"{name} does not heed DataKeyArn or is not encrypted by a key of the account"
    for name, bucket in resources(template, "AWS::S3::Bucket").items():
        encryption = json.dumps(bucket["Properties"].get("BucketEncryption", ""))
        if name not in NOT_OF_PATIENTS and ("HasDataKey" not in encryption or '"aws:kms", "KMSMasterKeyID": {"Ref": "DataKeyArn"}' not in encryption):
            yield f"{name} does not heed DataKeyArn"
    for name, secret in resources(template, "AWS::SecretsManager::Secret").items():
        if name not in NOT_OF_PATIENTS and secret["Properties"].get("KmsKeyId", {}).get("Fn::If", [None, None])[:2] != ["HasDataKey", key]:
            yield f"{name} does not heed DataKeyArn"


@rule
def patients_have_a_floor(template):
    """An archive that is being sent, or a wave on one function, must not take the place of those who wait for a page."""
    for name, function in functions(template).items():
        waited_for = any(event["Type"] == "HttpApi" for event in function["Events"].values())
        if waited_for and "Fn::If" not in function.get("ReservedConcurrentExecutions", {}):
            yield f"{name} has no concurrency of its own"


@rule
def buckets_are_private_and_encrypted(template):
    for name, bucket in resources(template, "AWS::S3::Bucket").items():
        properties = bucket["Properties"]
        block = properties.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(value is True for value in block.values()):
            yield f"{name} could be made public"
        if not properties.get("BucketEncryption") or "BucketOwnerEnforced" not in json.dumps(properties.get("OwnershipControls", {})):
            yield f"{name} is not encrypted or heeds access lists"
        if "AbortIncompleteMultipartUpload" not in json.dumps(properties.get("LifecycleConfiguration", {})):
            yield f"{name} keeps the parts of broken uploads"
        if bucket.get("DeletionPolicy") != "RetainExceptOnCreate":
            yield f"{name} goes with its stack"
        for allowed in properties.get("CorsConfiguration", {}).get("CorsRules", []):
            if allowed["AllowedOrigins"] != [{"Ref": "PublicOrigin"}] or not set(allowed["AllowedMethods"]) <= {"GET", "HEAD"}:
                yield f"{name} answers scripts of other sites"


@rule
def buckets_take_encrypted_transport_only(template):
    policies = [p["Properties"] for p in resources(template, "AWS::S3::BucketPolicy").values()]
    for name in resources(template, "AWS::S3::Bucket"):
        denials = [
            s
            for policy in policies
            if named(policy["Bucket"]) == name
            for s in statements(policy["PolicyDocument"])
            if s["Effect"] == "Deny" and s.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
        ]
        if not any(s["Action"] == "s3:*" and s["Principal"] == "*" and len(as_list(s["Resource"])) == 2 for s in denials):
            yield f"{name} can be read without TLS"


@rule
def bucket_policies_let_in_cloudfront_only(template):
    """Functions and departments have their rights by roles of their own; a policy that lists them would end at 20 kB."""
    for name, policy in resources(template, "AWS::S3::BucketPolicy").items():
        for s in statements(policy["Properties"]["PolicyDocument"]):
            pages = s["Principal"] == {"Service": "cloudfront.amazonaws.com"} and s["Action"] == "s3:GetObject" and "distribution/${Distribution}" in json.dumps(s)
            logs = (
                s["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
                and s["Action"] == "s3:PutObject"
                and s["Condition"].get("StringEquals") == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
                and named(policy["Properties"]["Bucket"]) == "EdgeLogsBucket"
            )
            if s["Effect"] == "Allow" and not pages and not logs:
                yield f"{name} lets somebody in: {s.get('Sid')}"


@rule
def departments_stay_in_their_own_prefix(template):
    """By a tag that is ours alone: `department` is what many give their own staff, who would be shut out."""
    document = template["Resources"]["InboxBucketPolicy"]["Properties"]["PolicyDocument"]
    held = {"Fn::Sub": "${InboxBucket.Arn}/in/${!aws:PrincipalTag/studygate:department}/*"}
    for s in statements(document):
        if s["Effect"] == "Deny" and s.get("NotResource") == held:
            if s["Condition"] == {"Null": {"aws:PrincipalTag/studygate:department": "false"}} and s["Action"] == "s3:*":
                break
    else:
        yield "a department's role could reach beyond its prefix by a policy of its own"
    if "PrincipalTag/department" in json.dumps(template):
        yield "whoever carries somebody else's tag `department` is taken for one of ours"


@rule
def a_first_try_that_failed_can_be_repeated(template):
    """What is kept when a stack ends must not be kept when it never stood: its name would be taken at the next try."""
    for name, resource in template["Resources"].items():
        kept = resource.get("DeletionPolicy", "Delete")
        named_by_us = {"BucketName", "LogGroupName", "TableName", "QueueName"} & resource.get("Properties", {}).keys()
        if kept == "Retain" or (named_by_us and kept not in ("Delete", "RetainExceptOnCreate")):
            yield f"{name} stays behind when the first deployment fails"
        if kept == "RetainExceptOnCreate" and resource.get("UpdateReplacePolicy") != "Retain":
            yield f"{name} is lost when it is replaced"


@rule
def warnings_do_not_stop_the_api(template):
    """SAM's own output has `servers` without `url`, of which the import warns: the first deployment would fail."""
    for name, api in resources(template, "AWS::Serverless::HttpApi").items():
        if api["Properties"].get("FailOnWarnings"):
            yield f"{name} fails on warnings that SAM itself causes"


@rule
def objects_outlive_their_dead_letters(template):
    """A dead letter that is sent back on its last day must find its object, and be handled."""
    longest = max(q["Properties"].get("MessageRetentionPeriod", 345600) for q in resources(template, "AWS::SQS::Queue").values())
    for rule_ in template["Resources"]["InboxBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]:
        if rule_.get("ExpirationInDays", 10**6) * 86400 < longest + 5 * 86400:
            yield f"InboxBucket: {rule_['Id']} takes objects away while a message may still name them"


@rule
def departments_read_their_own_receipts_only(template):
    """Whatever a department's role is allowed elsewhere: get and list below its prefix, nothing else."""
    tagged = {"Null": {"aws:PrincipalTag/studygate:department": "false"}}
    arn, objects = {"Fn::GetAtt": "ReceiptsBucket.Arn"}, {"Fn::Sub": "${ReceiptsBucket.Arn}/*"}
    own = {"Fn::Sub": "${ReceiptsBucket.Arn}/receipts/${!aws:PrincipalTag/studygate:department}/*"}
    other = {"StringNotLike": {"s3:prefix": "receipts/${aws:PrincipalTag/studygate:department}/*"}}
    wanted = [
        {"NotAction": ["s3:GetObject", "s3:ListBucket"], "Resource": [arn, objects], "Condition": tagged},
        {"Action": "s3:GetObject", "NotResource": own, "Condition": tagged},
        {"Action": "s3:ListBucket", "Resource": arn, "Condition": {**tagged, **other}},
    ]
    document = template["Resources"]["ReceiptsBucketPolicy"]["Properties"]["PolicyDocument"]
    denied = [{k: v for k, v in s.items() if k not in ("Sid", "Effect", "Principal")} for s in statements(document) if s["Effect"] == "Deny" and s["Principal"] == "*"]
    for one in wanted:
        if one not in denied:
            yield f"a department's role could do more with receipts than read its own: {one}"


@rule
def picture_addresses_are_short_lived(template):
    document = template["Resources"]["StudiesBucketPolicy"]["Properties"]["PolicyDocument"]
    ages = [s["Condition"].get("NumericGreaterThan", {}).get("s3:signatureAge") for s in statements(document) if s["Effect"] == "Deny"]
    if not any(age and 60000 <= age <= 90000 for age in ages):
        yield "addresses of studies may live for long"


def _metrics(alarm):
    """The metrics an alarm watches, its own or those of its expression."""
    if "Metrics" in alarm:
        return [m["MetricStat"]["Metric"] for m in alarm["Metrics"] if "MetricStat" in m]
    return [alarm]


@rule
def everything_that_can_fail_has_an_alarm(template):
    alarms = resources(template, "AWS::CloudWatch::Alarm")
    watched = set()
    for name, alarm in alarms.items():
        properties = alarm["Properties"]
        if properties.get("AlarmActions") != [{"Ref": "AlarmTopic"}]:
            yield f"{name} tells nobody"
        for metric in _metrics(properties):
            for dimension in metric.get("Dimensions", [{"Value": None}]):
                watched.add((metric["Namespace"], metric["MetricName"], named(dimension["Value"])))
    wanted = {("AWS/SQS", "ApproximateAgeOfOldestMessage", named(p["Queue"])) for _, _, p in events(template, "SQS")}
    wanted |= {("AWS/Lambda", "Invocations", "HousekeepingFunction")}
    wanted |= {("Studygate", metric, None) for metric in (
        "LoginRefused", "SmsSent", "NumberNotAllowed", "MessageRefused", "MessageDoubtful", "MessageDelayed", "MessageExpired", "PincodeDelayed", "PincodeNotSent")}
    wanted |= {("AWS/ApiGateway", "5xx", "HttpApi")}
    for missing in sorted(wanted - watched, key=str):
        yield f"no alarm on {missing}"
    wave = template["Resources"]["RefusedLogins"]["Properties"]
    if wave["Period"] * wave["EvaluationPeriods"] > 60:
        yield "a wave of guesses is told of too late"


def _rings(description, watched):
    """The first time is told: nothing of this happens in a day without trouble."""
    return {
        "AlarmDescription": description,
        **watched,
        "EvaluationPeriods": 1,
        "Threshold": 0,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [{"Ref": "AlarmTopic"}],
    }


def _counted(id, namespace, metric, dimension, function):
    metric = {"Namespace": namespace, "MetricName": metric, "Dimensions": [{"Name": dimension, "Value": {"Ref": function}}]}
    return {"Id": id, "ReturnData": False, "MetricStat": {"Metric": metric, "Period": 300, "Stat": "Sum"}}


@rule
def each_function_and_its_dead_letters_ring_by_their_name(template):
    """One alarm each, all alike: docs/adr/0036 says why. What ended a function from outside counts like what it caught itself."""
    wanted = {}
    for name, function in functions(template).items():
        failures = [
            {"Id": "failures", "Label": "failures", "Expression": "FILL(ended, 0) + FILL(caught, 0)"},
            _counted("ended", "AWS/Lambda", "Errors", "FunctionName", name),
            _counted("caught", "Studygate", "Failed", "function", name),
        ]
        folder = function["CodeUri"].split("/")[1]
        wanted[name.removesuffix("Function") + "Errors"] = _rings(f"{folder} fails", {"Metrics": failures})
    for name in resources(template, "AWS::SQS::Queue"):
        if name.endswith("DeadLetters"):
            depth = {
                "Namespace": "AWS/SQS",
                "MetricName": "ApproximateNumberOfMessagesVisible",
                "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": f"{name}.QueueName"}}],
                "Statistic": "Maximum",
                "Period": 60,
            }
            wanted[name + "Depth"] = _rings(f"something lies in {name}; read it, mend it, redrive it", depth)
    alarms = resources(template, "AWS::CloudWatch::Alarm")
    for name, alarm in wanted.items():
        if name not in alarms or alarms[name]["Properties"] != alarm:
            yield f"{name} is not there, or not like the others: {alarm}"


@rule
def alarms_watch_what_the_code_tells(template):
    sources = "".join(
        source.read_text(encoding="utf-8")
        for folder in ("shared/src/main/java", *(f["CodeUri"].split("/target/")[0] + "/src/main/java" for f in functions(template).values()))
        for source in (ROOT / folder).rglob("*.java")
        if "log.metric(" in source.read_text(encoding="utf-8") or source.name == "Log.java"
    )
    for name, alarm in resources(template, "AWS::CloudWatch::Alarm").items():
        for metric in _metrics(alarm["Properties"]):
            if metric["Namespace"] == "Studygate" and f'"{metric["MetricName"]}"' not in sources:
                yield f"{name} waits for a metric that no code writes"


@rule
def what_the_trail_holds_stays(template):
    """By policy of the table for everybody, and by the roles: they put and read. That a put never replaces is held by `RoleCheck`."""
    policy = template["Resources"]["AuditTable"]["Properties"].get("ResourcePolicy", {}).get("PolicyDocument", {"Statement": []})
    denied = {
        action
        for s in statements(policy)
        if s["Effect"] == "Deny" and s["Principal"] == "*" and s["Resource"] == "*" and "Condition" not in s
        for action in as_list(s["Action"])
    }
    changes = {"BatchWriteItem", "DeleteItem", "DeleteTable", "PartiQLDelete", "PartiQLUpdate", "UpdateItem"}
    for missing in sorted({f"dynamodb:{change}" for change in changes} - denied):
        yield f"{missing} on the trail is not denied"
    for role in roles(template):
        for s in role_statements(template, role):
            if s["Effect"] == "Allow" and "AuditTable" in map(named, as_list(s.get("Resource", []))):
                for action in set(as_list(s["Action"])) - {"dynamodb:PutItem", "dynamodb:Query"}:
                    yield f"{role} allows {action} on the trail"


@rule
def routes_are_throttled(template):
    api = template["Resources"]["HttpApi"]["Properties"]
    routes = {f"{p['Method']} {p['Path']}" for _, _, p in events(template, "HttpApi")}
    for route, limits in {"*": api.get("DefaultRouteSettings", {}), **api.get("RouteSettings", {})}.items():
        if "ThrottlingRateLimit" not in limits or "ThrottlingBurstLimit" not in limits:
            yield f"{route} has no throttle"
        if route != "*" and route not in routes:
            yield f"{route} is throttled but does not exist"
    for route in routes:
        if route.startswith(("POST /api/patient/", "POST /api/webhooks/")) and route not in api.get("RouteSettings", {}):
            yield f"{route} has no throttle of its own"
    for function, event, properties in events(template, "HttpApi"):
        if properties.get("ApiId") != {"Ref": "HttpApi"}:
            yield f"{function}: {event} makes an API of its own"


@rule
def only_cloudfront_reaches_the_api(template):
    origins = template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["Origins"]
    (api,) = [o for o in origins if o["Id"] == "api"]
    headers = {h["HeaderName"]: json.dumps(h["HeaderValue"]) for h in api.get("OriginCustomHeaders", [])}
    if "resolve:secretsmanager:${OriginSecret}" not in headers.get("x-studygate-origin", ""):
        yield "CloudFront does not say who it is"
    if template["Resources"]["HttpApi"]["Properties"].get("DisableExecuteApiEndpoint") != {"Fn::If": ["HasApiDomain", True, False]}:
        yield "the API's own address stays open beside its domain"
    for name, function in functions(template).items():
        if any(e["Type"] == "HttpApi" for e in function["Events"].values()) and "ORIGIN_SECRET_ARN" not in function["Environment"]["Variables"]:
            yield f"{name} cannot tell CloudFront from anybody else"


@rule
def headers_that_functions_read_reach_them(template):
    asked = template["Resources"]["ApiRequests"]["Properties"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
    if len(asked) > 10:
        yield "CloudFront hands on ten named headers, no more"
    named = {header.lower() for header in asked}
    for refused in sorted(named & {"accept-encoding", "authorization"}):
        yield f"CloudFront takes no origin request policy that names {refused}"
    told = named | {"x-studygate-origin", "accept-encoding"}  # the latter where there is no CloudFront (ADR 46)
    for folder in ("shared", "functions"):
        for source in (ROOT / folder).rglob("src/main/**/*.java"):
            for header in re.findall(r'\bheader\(\s*"([a-z-]+)"', source.read_text(encoding="utf-8")):
                if header not in told:
                    yield f"{source.name} reads {header}, which CloudFront keeps to itself"


# the one script that may compile WebAssembly (ADR 53)
DECODER = "/assets/decodeImageFrameWorker-*"


@rule
def the_edge_is_strict(template):
    config = template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    if "WebAclArn" not in json.dumps(config.get("WebACLId", "")):
        yield "no firewall"
    if "TLSv1.2_2021" not in json.dumps(config["ViewerCertificate"]):
        yield "old TLS is taken"
    for behavior in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
        where = behavior.get("PathPattern", "pages")
        if behavior["ViewerProtocolPolicy"] not in ("https-only", "redirect-to-https"):
            yield f"{where} is served without TLS"
        headers = template["Resources"].get(named(behavior.get("ResponseHeadersPolicyId")))
        if headers is None:
            yield f"{where} has no security headers"
            continue
        policy = headers["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        csp = json.dumps(policy["ContentSecurityPolicy"])
        if where == DECODER and "script-src 'self' 'wasm-unsafe-eval';" in csp:
            csp = csp.replace(" 'wasm-unsafe-eval'", "")
        if "unsafe" in csp or "default-src 'none'" not in csp or "frame-ancestors 'none'" not in csp or "http:" in csp:
            yield f"{where}: {csp}"
        if policy["StrictTransportSecurity"]["AccessControlMaxAgeSec"] < 31536000 or policy["ReferrerPolicy"]["ReferrerPolicy"] != "no-referrer":
            yield f"{where} forgets TLS within a year or tells where people came from"
        if "ContentTypeOptions" not in policy or not all(p.get("Override") for p in policy.values()):
            yield f"{where} lets types be guessed or headers be overridden"
        if where.startswith("/api") and behavior["CachePolicyId"] != "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":
            yield "personal answers are cached at the edge"


@rule
def pages_are_the_ones_that_are_built(template):
    code = template["Resources"]["PageNames"]["Properties"]["FunctionCode"]
    listed = set(re.findall(r"'([a-z0-9-]+)'", code[: code.index("]")]))
    built = {page.stem for page in (ROOT / "web").glob("*.html")}
    if not {"index", "404"} <= listed:
        yield "no way in, or no page for what does not exist"
    if built and listed != built:
        yield f"listed but not built: {sorted(listed - built)}; built but not listed: {sorted(built - listed)}"

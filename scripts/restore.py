"""See scripts/restore. Nothing is deleted: an item that came after the moment stays, and is counted."""

import argparse
from itertools import islice

import boto3

# the others live for minutes, or (the outbox) would send again what was sent
RESTORED = ["DepartmentsTable", "OrdersTable", "StudiesTable", "ReferencesTable", "BucketsTable", "PaymentsTable", "AuditTable"]
# written once and never changed: only what is missing comes back
APPEND_ONLY = {"AuditTable"}
CLOSED = {"BOOL": True}
BATCH = 100  # as many as BatchGetItem takes


def pages_of(dynamodb, table, key, value):
    if value is None:
        return dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
    names = {"#key": key}
    return dynamodb.get_paginator("query").paginate(
        TableName=table, ConsistentRead=True, KeyConditionExpression="#key = :value", ExpressionAttributeNames=names, ExpressionAttributeValues={":value": {"S": value}}
    )


def batches(items):
    while batch := list(islice(items, BATCH)):
        yield batch


def found(dynamodb, table, keys):
    """The items of these keys that the table has, by their keys."""
    left, have = {table: {"Keys": keys, "ConsistentRead": True}}, {}
    while left:
        answer = dynamodb.batch_get_item(RequestItems=left)
        for item in answer["Responses"].get(table, []):
            have[frozen(item, keys[0])] = item
        left = answer["UnprocessedKeys"]
    return have


def frozen(item, key_names):
    return tuple(str(item[name]) for name in sorted(key_names))


def key_of(item, names):
    return {name: item[name] for name in names}


def compared(item, current):
    if current is None:
        return "missing"
    if current.get("withdrawn") == CLOSED and item.get("withdrawn") != CLOSED:
        return "withdrawn"  # somebody else's letter, perhaps: what was closed on purpose stays closed
    return "same" if current == item else "different"


def restore(dynamodb, live, aside, copy=False, append_only=False, value=None):
    """Numbers of items: missing in the live table, different there, the same, only there, and withdrawn there since."""
    names = [k["AttributeName"] for k in dynamodb.describe_table(TableName=live)["Table"]["KeySchema"]]
    count = {"missing": 0, "different": 0, "same": 0, "later": 0, "withdrawn": 0}
    kept = (item for page in pages_of(dynamodb, aside, names[0], value) for item in page["Items"])
    for batch in batches(kept):
        there = found(dynamodb, live, [key_of(i, names) for i in batch])
        for item in batch:
            state = compared(item, there.get(frozen(item, names)))
            count[state] += 1
            if copy and (state == "missing" or (state == "different" and not append_only)):
                dynamodb.put_item(TableName=live, Item=item)
    present = (item for page in pages_of(dynamodb, live, names[0], value) for item in page["Items"])
    for batch in batches(present):
        count["later"] += len(batch) - len(found(dynamodb, aside, [key_of(i, names) for i in batch]))
    return count


def main():
    options = argparse.ArgumentParser(prog="scripts/restore")
    options.add_argument("stack")
    options.add_argument("table", choices=RESTORED, metavar="table", help="as in template.yaml: " + ", ".join(RESTORED))
    options.add_argument("aside", help="name of the table that was restored aside")
    options.add_argument("--copy", action="store_true", help="put back what is missing or different")
    options.add_argument("--key", help="only items of this partition key")
    given = options.parse_args()
    session = boto3.Session()
    resource = session.client("cloudformation").describe_stack_resource(StackName=given.stack, LogicalResourceId=given.table)
    live = resource["StackResourceDetail"]["PhysicalResourceId"]
    count = restore(session.client("dynamodb"), live, given.aside, given.copy, given.table in APPEND_ONLY, given.key)
    verb = "put back" if given.copy else "would come back"
    different = "left as they are (append-only)" if given.table in APPEND_ONLY else verb
    print(f"{count['missing']} missing: {verb}\n{count['different']} different: {different}\n{count['same']} the same\n{count['later']} of after that moment: stay\n{count['withdrawn']} withdrawn since: stay so")


if __name__ == "__main__":
    main()

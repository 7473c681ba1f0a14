"""See scripts/clear-failed. CloudFormation rolls a failed creation back, but a table protects itself against deletion."""

import sys

import boto3

# a stack in one of these has never stood: later failures are called UPDATE_…
NEVER_STOOD = {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


def resources(cloudformation, stack):
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    return [r for page in pages for r in page["StackResourceSummaries"]]


def tables_left(cloudformation, dynamodb, stack):
    there = set(name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"])
    return [
        r["PhysicalResourceId"]
        for r in resources(cloudformation, stack)
        if r["ResourceType"] == "AWS::DynamoDB::Table" and r.get("PhysicalResourceId") in there
    ]


def clear(cloudformation, dynamodb, stack):
    (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    if found["StackStatus"] not in NEVER_STOOD:
        raise SystemExit(f"{stack} is {found['StackStatus']}: it has stood, so nothing is taken away. Deploy it again, or see \"Taking a stage down\".")
    tables = tables_left(cloudformation, dynamodb, stack)
    for table in tables:
        if dynamodb.describe_table(TableName=table)["Table"]["ItemCount"]:
            raise SystemExit(f"{table} holds something, so nothing is taken away: look at it first")
    for table in tables:
        dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
        dynamodb.get_waiter("table_exists").wait(TableName=table)
        dynamodb.delete_table(TableName=table)
        dynamodb.get_waiter("table_not_exists").wait(TableName=table)
        print(f"{table} was empty and is gone")
    cloudformation.delete_stack(StackName=found["StackId"])
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=found["StackId"])
    print(f"{stack} is gone; scripts/deploy may be tried again")


if __name__ == "__main__":
    session = boto3.Session()
    clear(session.client("cloudformation"), session.client("dynamodb"), sys.argv[1])

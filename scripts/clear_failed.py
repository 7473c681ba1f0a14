"""See scripts/clear-failed. CloudFormation rolls a failed creation back, but a table protects itself against deletion, and what
the rollback could not take away would be kept when the stack is deleted, with its name."""

import sys

import boto3

# a stack in one of these has never stood: later failures are called UPDATE_…
NEVER_STOOD = {"CREATE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}


def left(cloudformation, stack, kind):
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    found = [r for page in pages for r in page["StackResourceSummaries"] if r["ResourceType"] == kind and r["ResourceStatus"] != "DELETE_COMPLETE"]
    return [r["PhysicalResourceId"] for r in found if r.get("PhysicalResourceId")]


def clear(client, stack):
    """`client` makes the client of a service."""
    cloudformation, dynamodb, s3, logs = (client(name) for name in ("cloudformation", "dynamodb", "s3", "logs"))
    (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    if found["StackStatus"] not in NEVER_STOOD:
        raise SystemExit(f'{stack} is {found["StackStatus"]}: it has stood, so nothing is taken away. Deploy it again, or see "Taking a stage down".')
    there = {name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"]}
    tables = [table for table in left(cloudformation, stack, "AWS::DynamoDB::Table") if table in there]
    for table in tables:
        if dynamodb.describe_table(TableName=table)["Table"]["ItemCount"]:
            raise SystemExit(f"{table} holds something, so nothing is taken away: look at it first")
    for table in tables:
        dynamodb.update_table(TableName=table, DeletionProtectionEnabled=False)
        dynamodb.get_waiter("table_exists").wait(TableName=table)
        dynamodb.delete_table(TableName=table)
        dynamodb.get_waiter("table_not_exists").wait(TableName=table)
        print(f"{table} was empty and is gone")
    for bucket in left(cloudformation, stack, "AWS::S3::Bucket"):
        s3.delete_bucket(Bucket=bucket)  # refused while something is in it
        print(f"{bucket} was empty and is gone")
    for group in left(cloudformation, stack, "AWS::Logs::LogGroup"):
        logs.delete_log_group(logGroupName=group)
        print(f"{group} is gone")
    cloudformation.delete_stack(StackName=found["StackId"])
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=found["StackId"])
    print(f"{stack} is gone; scripts/deploy may be tried again")


if __name__ == "__main__":
    clear(boto3.Session().client, sys.argv[1])

"""scripts/clear_failed.py: what never stood is taken away whole, what has stood or holds something is not touched."""

import io
import sys
import unittest

from reading import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import clear_failed  # noqa: E402 (the path comes first)


class Account:
    """As much of AWS as one stack needs; notes in `done` what was changed."""

    def __init__(self, status, resources, items=0):
        self.status, self.resources, self.items, self.done = status, resources, items, []

    def __call__(self, _service):
        return self

    def describe_stacks(self, StackName):
        return {"Stacks": [{"StackStatus": self.status, "StackId": "arn:" + StackName}]}

    def get_paginator(self, name):
        tables = [i for kind, i, status in self.resources if kind == "AWS::DynamoDB::Table" and status != "DELETE_COMPLETE"]
        listed = [{"ResourceType": kind, "PhysicalResourceId": i, "ResourceStatus": status} for kind, i, status in self.resources]
        self.pages = [{"TableNames": tables}] if name == "list_tables" else [{"StackResourceSummaries": listed}]
        return self

    def paginate(self, **_):
        return self.pages

    def describe_table(self, TableName):
        return {"Table": {"ItemCount": self.items}}

    def get_waiter(self, _):
        return self

    def wait(self, **_):
        pass

    def __getattr__(self, operation):
        return lambda **given: self.done.append((operation, *given.values()))


RESOURCES = [
    ("AWS::DynamoDB::Table", "orders", "DELETE_FAILED"),
    ("AWS::DynamoDB::Table", "limits", "DELETE_COMPLETE"),
    ("AWS::S3::Bucket", "inbox", "DELETE_FAILED"),
    ("AWS::S3::Bucket", "pages", "DELETE_COMPLETE"),
    ("AWS::Logs::LogGroup", "/studygate/dev/session", "DELETE_SKIPPED"),
]


class ClearFailed(unittest.TestCase):
    def setUp(self):
        sys.stdout, self.kept = io.StringIO(), sys.stdout
        self.addCleanup(lambda: setattr(sys, "stdout", self.kept))

    def test_what_never_stood_is_taken_away(self):
        for status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"):
            account = Account(status, RESOURCES)
            clear_failed.clear(account, "studygate-dev")
            self.assertEqual(
                [
                    ("update_table", "orders", False),
                    ("delete_table", "orders"),
                    ("delete_bucket", "inbox"),
                    ("delete_log_group", "/studygate/dev/session"),
                    ("delete_stack", "arn:studygate-dev"),
                ],
                account.done,
            )

    def test_what_has_stood_or_holds_something_is_not_touched(self):
        for account in (*(Account(s, RESOURCES) for s in ("CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED")), Account("ROLLBACK_FAILED", RESOURCES, 1)):
            with self.assertRaisesRegex(SystemExit, "nothing is taken away"):
                clear_failed.clear(account, "studygate-dev")
            self.assertEqual([], account.done)


if __name__ == "__main__":
    unittest.main()

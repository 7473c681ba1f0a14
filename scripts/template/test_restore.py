"""scripts/restore.py on moto's DynamoDB: more items than one batch, with and without a sort key, on a table that is append-only."""

import os
import sys
import unittest

import boto3
from moto import mock_aws

from reading import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import restore  # noqa: E402 (the path comes first)

TABLES = {"orders": ["order_id", "item"], "limits": ["limit_key"]}


class Restore(unittest.TestCase):
    def setUp(self):
        os.environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")
        mock = mock_aws()
        mock.start()
        self.addCleanup(mock.stop)
        self.dynamodb = boto3.client("dynamodb", region_name="eu-central-1")
        for name, keys in TABLES.items():
            for table in (name, f"{name}-aside"):
                self.dynamodb.create_table(
                    TableName=table,
                    BillingMode="PAY_PER_REQUEST",
                    AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k in keys],
                    KeySchema=[{"AttributeName": k, "KeyType": kind} for k, kind in zip(keys, ("HASH", "RANGE"))],
                )

    def put(self, table, *keys, state="open"):
        self.dynamodb.put_item(TableName=table, Item={**dict(zip(TABLES[table.split("-")[0]], ({"S": k} for k in keys))), "state": {"S": state}})

    def state(self, table, *keys):
        item = self.dynamodb.get_item(TableName=table, Key=dict(zip(TABLES[table], ({"S": k} for k in keys)))).get("Item")
        return item and item["state"]["S"]

    def orders(self):
        for number in range(130):
            self.put("orders-aside", f"noord/{number:03}", "order")
            if number >= 110:
                self.put("orders", f"noord/{number:03}", "order", state="lost" if number < 115 else "open")
        self.put("orders", "noord/new", "order")

    def test_what_differs_is_counted_and_nothing_is_changed(self):
        self.orders()
        self.assertEqual({"missing": 110, "different": 5, "same": 15, "later": 1, "withdrawn": 0}, restore.restore(self.dynamodb, "orders", "orders-aside"))
        self.assertIsNone(self.state("orders", "noord/000", "order"))
        self.assertEqual("lost", self.state("orders", "noord/110", "order"))

    def test_what_is_missing_or_different_comes_back_and_what_came_later_stays(self):
        self.orders()
        restore.restore(self.dynamodb, "orders", "orders-aside", copy=True)
        self.assertEqual({"missing": 0, "different": 0, "same": 130, "later": 1, "withdrawn": 0}, restore.restore(self.dynamodb, "orders", "orders-aside"))
        self.assertEqual("open", self.state("orders", "noord/new", "order"))

    def test_one_key_alone(self):
        self.orders()
        self.assertEqual({"missing": 1, "different": 0, "same": 0, "later": 0, "withdrawn": 0}, restore.restore(self.dynamodb, "orders", "orders-aside", copy=True, value="noord/007"))
        self.assertEqual(["open", None], [self.state("orders", f"noord/00{n}", "order") for n in (7, 8)])

    def test_a_trail_gets_back_what_is_missing_only(self):
        self.orders()
        restore.restore(self.dynamodb, "orders", "orders-aside", copy=True, append_only=True)
        self.assertEqual(["open", "lost"], [self.state("orders", f"noord/{n}", "order") for n in ("000", "110")])

    def test_what_was_withdrawn_since_stays_withdrawn(self):
        closed = {"order_id": {"S": "bucket"}, "item": {"S": "b"}, "withdrawn": {"BOOL": True}}
        self.dynamodb.put_item(TableName="orders", Item=closed)
        self.dynamodb.put_item(TableName="orders-aside", Item={**closed, "withdrawn": {"BOOL": False}})
        self.assertEqual(1, restore.restore(self.dynamodb, "orders", "orders-aside", copy=True)["withdrawn"])
        self.assertEqual(closed, self.dynamodb.get_item(TableName="orders", Key={k: closed[k] for k in ("order_id", "item")})["Item"])

    def test_a_table_without_sort_key(self):
        self.put("limits-aside", "a", state="7")
        self.assertEqual({"missing": 1, "different": 0, "same": 0, "later": 0, "withdrawn": 0}, restore.restore(self.dynamodb, "limits", "limits-aside", copy=True))
        self.assertEqual("7", self.state("limits", "a"))


if __name__ == "__main__":
    unittest.main()

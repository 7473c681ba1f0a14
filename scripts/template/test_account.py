"""scripts/account.py: the region by either name, or that of the profile; two are not taken for one."""

import sys
import unittest

from reading import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import account  # noqa: E402 (the path comes first)


class Region(unittest.TestCase):
    def test_either_name_or_the_profile(self):
        self.assertEqual("eu-west-3", account.region({"AWS_REGION": "eu-west-3"}, None))
        self.assertEqual("eu-west-3", account.region({"AWS_DEFAULT_REGION": "eu-west-3", "AWS_REGION": ""}, "eu-central-1"))
        self.assertEqual("eu-central-1", account.region({}, "eu-central-1"))

    def test_none_and_two_are_said(self):
        with self.assertRaisesRegex(SystemExit, "No region"):
            account.region({}, None)
        with self.assertRaisesRegex(SystemExit, "AWS_REGION and AWS_DEFAULT_REGION differ: eu-central-1 and eu-west-3"):
            account.region({"AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "eu-central-1"}, "eu-west-3")


if __name__ == "__main__":
    unittest.main()

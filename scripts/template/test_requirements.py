"""What ./run needs of Python, ./test needs too: it starts the same stand-ins."""
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[1]


def pinned(name):
    return {line.split(" ")[0] for line in (SCRIPTS / name).read_text().splitlines() if "==" in line and not line.startswith("#")}


class RequirementsTest(unittest.TestCase):
    def test_everything_of_run_is_pinned_alike_for_the_tests(self):
        self.assertTrue(pinned("requirements.txt"))
        self.assertEqual(set(), pinned("requirements.txt") - pinned("requirements-check.txt"))


if __name__ == "__main__":
    unittest.main()

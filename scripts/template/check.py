"""Every rule on template.yaml; one line a complaint."""

import sys

from reading import read
from rules import RULES

complaints = [f"{rule.__name__}: {complaint}" for rule in RULES for complaint in rule(read())]
for complaint in complaints:
    print(complaint, file=sys.stderr)
sys.exit(1 if complaints else 0)

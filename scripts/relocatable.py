"""Makes the commands of .venv find their Python beside themselves, so that the project's folder may be renamed or moved."""
import pathlib
import re

FIRST_LINE = re.compile(rb"#!\S*/\.venv/bin/python\S*\n")
BESIDE = b"""#!/bin/sh
'''exec' "$(dirname "$0")/python" "$0" "$@"
' '''
"""

for script in pathlib.Path(".venv/bin").iterdir():
    if script.is_file() and not script.is_symlink():
        text = script.read_bytes()
        first = FIRST_LINE.match(text)
        if first:
            script.write_bytes(BESIDE + text[first.end():])

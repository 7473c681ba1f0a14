#!/usr/bin/env python3
"""Writes what de-identification goes by, of a copy of github.com/innolitics/dicom-standard (MIT).

    scripts/dicom/profile.py FOLDER --edition "PS3.15 and PS3.6, edition 2024e"

FOLDER is the repository's `standard`. Look at the difference before you commit it: a row that the
edition no longer has lets through what it held back.
"""
import argparse
import json
import pathlib
import re

TO = pathlib.Path(__file__).parents[2] / "shared/dicom/src/main/resources/org/studygate/dicom/deidentify"
TAG = re.compile(r"\(([0-9A-F]{4}),([0-9A-F]{4})\)")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--edition", required=True)
    given = arguments.parse_args()
    origin = f"# {given.edition}, as github.com/innolitics/dicom-standard has it (MIT, Innolitics LLC)\n"
    rows = json.loads((given.folder / "confidentiality_profile_attributes.json").read_text())
    with (TO / "basic-profile.tsv").open("w") as out:
        out.write(origin + f"# Table E.1-1, basic profile: {len(rows)} rows. Written by scripts/dicom/profile.py\n")
        for row in sorted(rows, key=lambda row: row["tag"]):
            out.write(f"{row['tag']}\t{row['basicProfile']}\t{' '.join(row['name'].split())}\n")
    tags = sorted({"".join(found.groups()) for row in json.loads((given.folder / "attributes.json").read_text())
                   if (found := TAG.fullmatch(row["tag"]))})
    with (TO / "standard-tags.txt").open("w") as out:
        out.write(origin + f"# The data dictionary without repeating groups: {len(tags)} tags. Written by scripts/dicom/profile.py\n")
        for tag in tags:
            out.write(tag + "\n")


main()

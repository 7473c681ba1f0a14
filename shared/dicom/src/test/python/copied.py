"""Holds copies without a person against the files they are of, by the table of PS3.15 as it stands, and prints a line
for whatever is not as the table says; "files: n" at the end. CopiedByOthersTest runs it.

    python copied.py FOLDER BASIC-PROFILE.TSV STANDARD-TAGS.TXT

FOLDER has pairs NAME.before and NAME.after; a NAME that begins with "masked-" may differ in how its pixels lie.
"""
import pathlib
import re
import sys
import warnings

import pydicom
from pydicom.datadict import dictionary_VR
from pydicom.sequence import Sequence

warnings.simplefilter("ignore")
SAID = {0x00100010, 0x00100020, 0x00120062, 0x00120063, 0x00120064, 0x00280303}
MASKED = {0x00280002, 0x00280004, 0x00280006, 0x00280100, 0x00280101, 0x00280102, 0x00280103, 0x00280301, 0x00282110,
          0x00280106, 0x00280107, 0x00280108, 0x00280109, 0x00280110, 0x00280111}
META = {0x00020000, 0x00020001, 0x00020002, 0x00020003, 0x00020010, 0x00020012}
WELL_KNOWN = re.compile(r"1\.2\.840\.10008\.(1\.(4|5|9|20|40|42)|2|15)(\.\d+)*")
# beside the table: of the person, of whoever wrote about them, or of where it lies
ALSO_GONE = {0x00100033, 0x00100034, 0x00102295, 0x00181803, 0x00540400, 0x00700081, 0x00880130, 0x04000120, 0x04000500,
             0x04000520, 0x21000160, 0x30020003}
ALSO_DUMMY = {0x0040A160, 0x30020002}
# UIDs of a kind, not of a thing
CLASSES = {0x00080016, 0x0008001A, 0x0008001B, 0x00080062, 0x0008115A, 0x00081150, 0x0008010C, 0x00080117, 0x00080118,
           0x00083002, 0x04000010, 0x04000510, 0x30100052, 0x30100053}
PERFORMED = 0x00081111  # keeps its two UIDs, renamed


class Table:
    def __init__(self, profile, tags):
        self.codes = {}
        for line in lines(profile):
            tag, code = line.split("\t")[:2]
            if re.fullmatch(r"\([0-9A-F]{4},[0-9A-F]{4}\)", tag):
                self.codes[int(tag[1:5] + tag[6:10], 16)] = code.split("/")
        self.known = {int(line, 16) for line in lines(tags)}

    def of(self, tag):
        group = tag >> 16
        if group % 2 or group & 0xFF00 in (0x5000, 0x6000):
            return "gone"
        code = self.codes.get(tag)
        if tag in ALSO_GONE:
            return "gone"
        if tag in ALSO_DUMMY:
            return "dummy"
        if code is None:
            return "kept" if tag in self.known else "gone"
        for letter, action in (("U*", "items"), ("D", "dummy"), ("U", "uid"), ("Z", "empty"), ("X", "gone")):
            if letter in code:
                return action
        raise ValueError(code)


def lines(path):
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


class Pair:
    def __init__(self, table, name):
        self.table = table
        self.name = name
        self.masked = name.startswith("masked-")
        self.uids = {}
        self.faults = []

    def say(self, where, what):
        self.faults.append("%s %s: %s" % (self.name, where, what))

    def compare(self, before, after, where=""):
        for element in after:
            tag = int(element.tag)
            if tag not in before and not (where == "" and (tag in SAID or self.masked and tag in MASKED)):
                self.say(where + str(element.tag), "was not there")
        for tag in before.keys():
            self.element(int(tag), before, after, where + str(tag))

    def element(self, tag, before, after, where):
        at_root = where.count("(") == 1
        if at_root and (tag in SAID or tag >> 16 == 0x7FE0 or self.masked and tag in MASKED):
            return
        action = self.table.of(tag)
        vr = of(before, tag)
        if vr == "UN" or tag >> 16 == 0x7FE0:
            action = "gone"
        if action == "kept" and vr in ("PN", "DA", "DT", "ST", "LT", "UT", "UR") and not 0x00080100 <= tag <= 0x00080124:
            action = "gone"  # names, dates, addresses and free text of no row
        if action == "kept" and vr == "UI" and tag not in CLASSES:
            action = "uid"
        if action == "items" and vr != "SQ" or action == "uid" and vr != "UI":
            action = "gone"
        if action == "gone":
            if tag in after:
                self.say(where, "is still there")
            return
        if tag not in after:
            self.say(where, "is not there")
            return
        getattr(self, action)(before[tag], after[tag], where)

    def empty(self, _, after, where):
        if after.value not in (None, "", b"", []) and len(after.value):
            self.say(where, "has a value")

    def dummy(self, before, after, where):
        if int(before.tag) == PERFORMED:
            self.items(before, after, where)
        elif after.value in (None, "", b""):
            self.say(where, "has no value")
        elif after.VR == "SQ" and len(after.value) != 1:
            self.say(where, "has %d items" % len(after.value))

    def uid(self, before, after, where):
        old = [before.value] if before.VM <= 1 else list(before.value)
        new = [after.value] if after.VM <= 1 else list(after.value)
        if len(old) != len(new):
            self.say(where, "has another number of UIDs")
            return
        for one, other in zip(old, new):
            if not one or WELL_KNOWN.fullmatch(str(one).strip()):
                if one != other:
                    self.say(where, "was renamed")
            elif not re.fullmatch(r"2\.25\.[0-9]{1,39}", str(other)):
                self.say(where, "is not renamed")
            elif self.uids.setdefault(str(one).strip(), other) != other:
                self.say(where, "is renamed otherwise than elsewhere")

    def items(self, before, after, where):
        if len(before.value) != len(after.value):
            self.say(where, "has another number of items")
            return
        for number, (one, other) in enumerate(zip(before.value, after.value)):
            self.compare(one, other, "%s[%d]" % (where, number))

    def kept(self, before, after, where):
        if before.VR == "SQ":
            self.items(before, after, where)
        elif same(before.value) != same(after.value):
            self.say(where, "is another: %r, %r" % (before.value, after.value))


def of(dataset, tag):
    """What a file of implicit representation leaves to the dictionary."""
    raw = dataset.get_item(tag)
    vr = raw.VR
    if vr is None:
        try:
            vr = dictionary_VR(tag)
        except KeyError:
            vr = "UN"
    if vr == "UN" and isinstance(getattr(raw, "value", None), Sequence):
        vr = "SQ"
    return vr


def same(value):
    return value.rstrip(b"\0") if isinstance(value, bytes) else str(value)


def main(folder, profile, tags):
    table = Table(profile, tags)
    files = 0
    for path in sorted(folder.glob("*.before")):
        pair = Pair(table, path.stem)
        before = pydicom.dcmread(path, force=True)
        after = pydicom.dcmread(path.with_suffix(".after"))
        if {int(tag) for tag in after.file_meta.keys()} - META:
            pair.say("meta", "has more than it needs")
        if after.preamble != bytes(128):
            pair.say("preamble", "is not empty")
        pair.compare(before, after)
        print("\n".join(pair.faults), end="\n" if pair.faults else "")
        files += 1
    print("files: %d" % files)


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:]))

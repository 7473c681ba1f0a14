"""Writes what pydicom says about its own test files, for RealFilesTest to hold our decoders against.

    pip install pydicom==2.4.4 numpy pillow pylibjpeg pylibjpeg-libjpeg pylibjpeg-openjpeg
    python expected.py ../../../../../.tools/pydicom ../resources/org/studygate/dicom/pydicom-expected.json

For each file: the patient's name, and for each of the first two frames the SHA-256 of the stored values (32-bit little
endian, cut to the stored bits), or, where the syntax is lossy, the means of a grid of 4 x 4 fields in RGB or gray.
"""
import hashlib
import json
import pathlib
import sys
import warnings

import numpy
import pydicom
from pydicom.pixel_data_handlers.util import convert_color_space

LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.81"}
warnings.simplefilter("ignore")


def main(root, target):
    result = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        try:
            dataset = pydicom.dcmread(path)
        except Exception:  # not DICOM, or broken on purpose
            continue
        if "SOPInstanceUID" not in dataset or "DICOMDIR" in path.name:
            continue
        facts = {"name": str(dataset.get("PatientName", ""))}
        syntax = dataset.file_meta.get("TransferSyntaxUID", "")
        if "PixelData" in dataset and dataset.BitsAllocated <= 32:
            try:
                facts.update(pixels(dataset, syntax))
            except Exception as failure:
                print(path.name, failure, file=sys.stderr)
        result[path.relative_to(root).as_posix()] = facts
    target.write_text(json.dumps(result, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def pixels(dataset, syntax):
    frames = int(dataset.get("NumberOfFrames", 1) or 1)
    array = dataset.pixel_array
    if frames == 1:
        array = array[numpy.newaxis]
    if syntax in LOSSY or dataset.get("PhotometricInterpretation") == "YBR_RCT":  # called lossless, but is not
        return {"means": [means(frame, dataset) for frame in array[:2]]}
    return {"sha256": [sha256(frame, dataset) for frame in array[:2]]}


def sha256(frame, dataset):
    values = frame.astype(numpy.int64)
    shift = dataset.HighBit + 1 - dataset.BitsStored
    values = (values >> shift) & ((1 << dataset.BitsStored) - 1)
    if dataset.PixelRepresentation == 1:
        sign = 1 << (dataset.BitsStored - 1)
        values = (values ^ sign) - sign
    return hashlib.sha256((values & 0xFFFFFFFF).astype("<u4").tobytes()).hexdigest()


def means(frame, dataset):
    if dataset.PhotometricInterpretation.startswith("YBR_FULL"):
        frame = convert_color_space(frame, "YBR_FULL", "RGB")
    rows = numpy.array_split(frame.astype(float), 4, axis=0)
    return [round(float(field.mean()), 2) for row in rows for field in numpy.array_split(row, 4, axis=1)]


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

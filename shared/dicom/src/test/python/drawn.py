"""Holds what FilesDrawn drew against what pydicom makes of the same files, and prints a table and its sums.

    pip install pydicom==3.0.2 pydicom-data==1.0.0 numpy pylibjpeg pylibjpeg-libjpeg pylibjpeg-openjpeg pyjpegls
    python drawn.py FOLDER PICTURES

Gray: Modality LUT or rescale, the first window that is one, else the VOI LUT, else from the least to the greatest value
that is no padding; colour: RGB as pydicom gives it, palettes through apply_color_lut.
"""
import collections
import math
import pathlib
import sys
import warnings

import numpy
import pydicom
from pydicom.pixels import apply_color_lut, apply_modality_lut, pixel_array

warnings.simplefilter("ignore")
LOSSY = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.91"}


def main(folder, pictures):
    sums = collections.Counter()
    for line in (pictures / "files.tsv").read_text(encoding="utf-8").splitlines():
        name, what, more = line.split("\t")
        verdict, text = judged(folder / name, what, more, pictures)
        sums[verdict] += 1
        print("%-24s %-60s %s" % (verdict, name, text))
    for verdict, count in sorted(sums.items()):
        print("%5d %s" % (count, verdict))


def judged(path, what, more, pictures):
    try:
        dataset = pydicom.dcmread(path, force=True)
        image = any(name in dataset for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData"))
        readable = image and "Rows" in dataset
    except Exception as failure:
        return what + ", unreadable there", "%s %s" % (more, type(failure).__name__)
    if what != "drawn":
        if not readable:
            return what, more
        try:
            right(dataset, 0)
            return what + ", DRAWN THERE", more
        except Exception as failure:
            return what + ", not drawn there", "%s; there: %s" % (more, str(failure)[:60])
    worst = 0.0
    for frame, picture in enumerate(more.split()):
        ours = loaded(pictures / picture)
        try:
            theirs = right(pydicom.dcmread(path, force=True), frame)
        except Exception as failure:
            return "drawn, not there", str(failure)[:80]
        if theirs.ndim != ours.ndim:
            return "DIFFERS", "%s against %s" % (ours.shape, theirs.shape)
        worst = max(worst, float(numpy.abs(ours.astype(float) - theirs).mean()))
    lossy = dataset.file_meta.get("TransferSyntaxUID", "") in LOSSY
    bar = 2.0 if lossy or dataset.get("PhotometricInterpretation") == "YBR_RCT" else 0.51
    return "drawn the same" if worst < bar else "DIFFERS", "%.2f%s" % (worst, " (lossy)" if lossy else "")


def right(dataset, frame):
    array = pixel_array(dataset, index=frame)
    photometric = dataset.get("PhotometricInterpretation", "")
    if dataset.get("SamplesPerPixel", 1) == 3:
        bits = dataset.BitsStored
        return array.astype(numpy.int64) >> (bits - 8)
    if photometric == "PALETTE COLOR":
        return coloured(array, dataset)
    gray = shaded(array, dataset, frame)
    if dataset.get("PixelPresentation") not in ("COLOR", "MIXED"):
        return gray
    count, first_value, _ = dataset.RedPaletteColorLookupTableDescriptor
    named = (array >= first_value) & (array < first_value + count)
    del dataset.PixelPresentation  # or pydicom refuses
    return numpy.where(named[..., None], coloured(array, dataset), gray[..., None])


def coloured(array, dataset):
    if dataset.file_meta.TransferSyntaxUID == "1.2.840.10008.1.2.2":  # pydicom takes the words as they lie
        for tag in (0x00281201, 0x00281202, 0x00281203):
            if tag in dataset:
                dataset[tag].value = numpy.frombuffer(dataset[tag].value, ">u2").astype("<u2").tobytes()
    rgb = apply_color_lut(array, dataset)
    return rgb.astype(int) >> (8 * (rgb.dtype.itemsize - 1))


def shaded(array, dataset, frame):
    groups = [item[frame] for item in [dataset.get("PerFrameFunctionalGroupsSequence")] if item]
    groups += list(dataset.get("SharedFunctionalGroupsSequence", []))
    rescale = first(groups, "PixelValueTransformationSequence", "RescaleSlope") or dataset
    values = apply_modality_lut(array, rescale).astype(float)
    voi = first(groups, "FrameVOILUTSequence", "WindowCenter") or dataset
    windows = windowed(voi)
    if windows:
        center, width, function = windows[0]
        if function == "SIGMOID":
            gray = 255 / (1 + numpy.exp(-4 * (values - center) / width))
        elif function == "LINEAR_EXACT":
            gray = ((values - center) / width + 0.5) * 255
        else:
            gray = ((values - (center - 0.5)) / max(width - 1, 1e-9) + 0.5) * 255
    elif "VOILUTSequence" in dataset:
        item = dataset.VOILUTSequence[0]
        data = item.LUTData  # bytes where the VR is not told
        table = numpy.array(numpy.frombuffer(data, "<u2") if isinstance(data, bytes) else data, dtype=float)
        at = numpy.clip(values - item.LUTDescriptor[1], 0, len(table) - 1).astype(int)
        gray = table[at] * 255 / (2 ** math.ceil(math.log2(table.max() + 1)) - 1)
    elif dataset.get("BitsStored") == 1:
        gray = values * 255
    else:
        patient = numpy.ones(array.shape, bool)
        if "PixelPaddingValue" in dataset:
            ends = sorted([dataset.PixelPaddingValue, dataset.get("PixelPaddingRangeLimit", dataset.PixelPaddingValue)])
            patient = (array < ends[0]) | (array > ends[1])
        low, high = values[patient].min(), values[patient].max()
        gray = (values - low) / max(high - low, 1e-9) * 255
        gray[~patient] = 0
    gray = numpy.clip(numpy.round(gray), 0, 255)
    return 255 - gray if dataset.PhotometricInterpretation == "MONOCHROME1" else gray


def first(groups, sequence, wanted):
    for group in groups:
        for item in group.get(sequence, []):
            if wanted in item:
                return item
    return None


def windowed(place):
    def numbers(name):
        value = place.get(name)
        values = value if isinstance(value, (list, pydicom.multival.MultiValue)) else [value]
        return [float(one) if one not in (None, "") else math.nan for one in values]
    pairs = zip(numbers("WindowCenter"), numbers("WindowWidth"))
    return [(c, w, place.get("VOILUTFunction", "LINEAR")) for c, w in pairs if math.isfinite(c) and w > 0]


def loaded(path):
    kind, size, _, pixels = path.read_bytes().split(b"\n", 3)
    columns, rows = map(int, size.split())
    array = numpy.frombuffer(pixels, numpy.uint8)
    return array.reshape(rows, columns) if kind == b"P5" else array.reshape(rows, columns, 3)


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

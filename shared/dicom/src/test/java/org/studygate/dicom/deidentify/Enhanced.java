package org.studygate.dicom.deidentify;

import java.nio.charset.StandardCharsets;
import org.studygate.dicom.Part10;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// An enhanced CT: all frames in one file, with what is true of each in functional groups.
final class Enhanced {
  static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.2.1";
  static final String SOP = "1.2.826.0.1.7.1";
  static final String SOURCE = "1.2.826.0.1.7.9";
  static final int FRAMES = 4;
  private static final int SIDE = 16;

  private Enhanced() {}

  static byte[] file() {
    var out =
        Part10.explicit()
            .text(0x00080005, "CS", "ISO_IR 192")
            .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\VOLUME\\NONE")
            .text(0x00080016, "UI", SOP_CLASS)
            .text(0x00080018, "UI", SOP)
            .text(0x00080020, "DA", "20260105")
            .text(0x00080060, "CS", "CT")
            .text(0x00100010, "PN", "Muster^Erika")
            .text(0x00100020, "LO", "P-4711")
            .text(0x0020000D, "UI", "1.2.826.0.1.7.2")
            .text(0x0020000E, "UI", "1.2.826.0.1.7.3")
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .text(0x00280008, "IS", Integer.toString(FRAMES))
            .number16(0x00280010, "US", SIDE)
            .number16(0x00280011, "US", SIDE)
            .number16(0x00280100, "US", 16)
            .number16(0x00280101, "US", 12)
            .number16(0x00280102, "US", 11)
            .number16(0x00280103, "US", 0)
            .text(0x00280301, "CS", "NO");
    out.header(0x52009229, "SQ", -1).mark(Tags.ITEM, -1);
    out.sequence(
        0x00289110,
        Part10.explicit().text(0x00180050, "DS", "1").text(0x00280030, "DS", "0.7\\0.7").bytes());
    out.sequence(
        0x00289145,
        Part10.explicit()
            .text(0x00281052, "DS", "-1024")
            .text(0x00281053, "DS", "1")
            .text(0x00281054, "LO", "HU")
            .bytes());
    out.mark(Tags.ITEM_END, 0).mark(Tags.SEQUENCE_END, 0);
    out.header(0x52009230, "SQ", -1);
    for (var frame = 0; frame < FRAMES; frame++) {
      out.mark(Tags.ITEM, -1).raw(group(frame)).mark(Tags.ITEM_END, 0);
    }
    out.mark(Tags.SEQUENCE_END, 0);
    out.element(Tags.PIXELS, "OW", pixels());
    return Part10.file(SOP_CLASS, SOP, TransferSyntax.EXPLICIT_LITTLE.uid(), out.bytes());
  }

  private static byte[] group(int frame) {
    var source =
        Part10.explicit()
            .text(0x00081150, "UI", SOP_CLASS)
            .text(0x00081155, "UI", SOURCE)
            .text(0x00081160, "IS", Integer.toString(frame + 1));
    return Part10.explicit()
        .sequence(0x00081140, source.bytes())
        .text(0x00090010, "LO", "Muster's maker")
        .text(0x00091001, "LO", "Erika Muster, frame " + frame)
        .sequence(
            0x00209111,
            Part10.explicit()
                .text(0x00189074, "DT", "20260105101500")
                .text(0x00189151, "DT", "20260105101501")
                .number32(0x00209057, "UL", frame + 1L)
                .text(0x00209158, "LT", "Muster moved in frame " + frame)
                .bytes())
        .sequence(
            0x00209113, Part10.explicit().text(0x00200032, "DS", "0\\0\\" + 3 * frame).bytes())
        .sequence(
            0x00289132,
            Part10.explicit()
                .text(0x00281050, "DS", Integer.toString(1000 * frame))
                .text(0x00281051, "DS", "3000")
                .text(0x00281055, "LO", "W" + frame)
                .bytes())
        .bytes();
  }

  private static byte[] pixels() {
    var text = "Muster, Erika 04/67 ".getBytes(StandardCharsets.US_ASCII);
    var pixels = new byte[FRAMES * SIDE * SIDE * 2];
    for (var i = 0; i < pixels.length; i++) {
      pixels[i] = i % 2 == 0 ? text[i / 2 % text.length] : (byte) (i / 512);
    }
    return pixels;
  }
}

package org.studygate.dicom.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.studygate.dicom.Part10;
import org.studygate.dicom.guard.Tags;

/// Makes structured reports, right or wrong.
public final class Told {
  public static final String BASIC = "1.2.840.10008.5.1.4.1.1.88.11";
  public static final String KEY_OBJECTS = "1.2.840.10008.5.1.4.1.1.88.59";
  public static final String STUDY = "1.2.826.0.7.1";

  private Told() {}

  /// A whole file.
  ///
  /// @param more elements of groups 0020 to 0040 below the content, in order
  public static byte[] file(String sopClass, String charset, byte[] more, byte[]... items) {
    var dataset =
        Part10.explicit()
            .text(0x0008_0005, "CS", charset)
            .text(0x0008_0016, "UI", sopClass)
            .text(0x0008_0018, "UI", STUDY + ".1.9")
            .text(0x0008_0020, "DA", "20261120")
            .text(0x0008_0023, "DA", "20261121")
            .text(0x0008_0033, "TM", "143059.5")
            .text(0x0008_0050, "SH", "A17")
            .text(0x0008_0060, "CS", "SR")
            .text(0x0010_0010, "PN", "Peeters^An")
            .text(0x0010_0020, "LO", "P-1")
            .text(0x0010_0030, "DA", "19580307")
            .text(0x0020_000D, "UI", STUDY)
            .text(0x0020_000E, "UI", STUDY + ".1")
            .text(0x0040_A040, "CS", "CONTAINER")
            .raw(name("Radiology Report"))
            .text(0x0040_A050, "CS", "SEPARATE")
            .raw(more)
            .raw(sequence(0x0040_A730, items))
            .bytes();
    return Part10.file(sopClass, STUDY + ".1.9", "1.2.840.10008.1.2.1", dataset);
  }

  public static byte[] none() {
    return new byte[0];
  }

  /// @param content elements behind the name, in order of their tags
  public static byte[] item(String type, String name, byte[]... content) {
    var item = Part10.explicit().text(0x0040_A010, "CS", "CONTAINS");
    item.text(0x0040_A040, "CS", type).raw(name(name));
    Arrays.stream(content).forEach(item::raw);
    return item.bytes();
  }

  public static byte[] text(String name, String text) {
    return item("TEXT", name, value(0x0040_A160, "UT", text.getBytes(StandardCharsets.UTF_8)));
  }

  public static byte[] heading(String name, byte[]... items) {
    return item("CONTAINER", name, sequence(0x0040_A730, items));
  }

  public static byte[] number(String name, String value, String unit) {
    var measured =
        Part10.explicit()
            .sequence(
                0x0040_08EA,
                unit.isEmpty() ? code("1", "UCUM", "no units") : code("mm", "UCUM", unit))
            .text(0x0040_A30A, "DS", value)
            .bytes();
    return item("NUM", name, sequence(0x0040_A300, measured));
  }

  public static byte[] image(String uid, String... frames) {
    var object = Part10.explicit().text(0x0008_1150, "UI", "1.2.840.10008.5.1.4.1.1.2");
    object.text(0x0008_1155, "UI", uid);
    if (frames.length > 0) {
      object.text(0x0008_1160, "IS", String.join("\\", frames));
    }
    return Part10.explicit()
        .sequence(0x0008_1199, object.bytes())
        .text(0x0040_A010, "CS", "CONTAINS")
        .text(0x0040_A040, "CS", "IMAGE")
        .bytes();
  }

  /// In which series of which study the objects lie.
  public static byte[] evidence(String study, String series, String... uids) {
    var objects =
        Arrays.stream(uids)
            .map(
                uid ->
                    Part10.explicit()
                        .text(0x0008_1150, "UI", "1.2.840.10008.5.1.4.1.1.2")
                        .text(0x0008_1155, "UI", uid)
                        .bytes())
            .toArray(byte[][]::new);
    var of =
        Part10.explicit()
            .raw(sequence(0x0008_1199, objects))
            .text(0x0020_000E, "UI", series)
            .bytes();
    return Part10.explicit()
        .sequence(
            0x0040_A375,
            Part10.explicit().raw(sequence(0x0008_1115, of)).text(0x0020_000D, "UI", study).bytes())
        .bytes();
  }

  public static byte[] value(int tag, String vr, byte[] value) {
    return Part10.explicit().element(tag, vr, value).bytes();
  }

  public static byte[] name(String meaning) {
    return Part10.explicit().sequence(0x0040_A043, code("1", "99", meaning)).bytes();
  }

  public static byte[] code(String value, String scheme, String meaning) {
    return Part10.explicit()
        .text(0x0008_0100, "SH", value)
        .text(0x0008_0102, "SH", scheme)
        .element(0x0008_0104, "LO", meaning.getBytes(StandardCharsets.UTF_8))
        .bytes();
  }

  public static byte[] sequence(int tag, byte[]... items) {
    var all = Part10.explicit().header(tag, "SQ", -1);
    for (var item : items) {
      all.mark(Tags.ITEM, -1).raw(item).mark(Tags.ITEM_END, 0);
    }
    return all.mark(Tags.SEQUENCE_END, 0).bytes();
  }
}

package org.studygate.dicom.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// Files within every limit of size and count that cost half a minute and more where each part of
/// them is held against every other. They take a fraction of a second; the bar leaves room for a
/// busy machine.
final class CostlyFilesTest {
  private static final Duration BAR = Duration.ofSeconds(5);
  private static final int ITEMS = 99_000; // of 100,000 that a file may have

  static Stream<Arguments> costly() {
    var filled = Part10.explicit().text(0x00080100, "SH", "A").bytes();
    return Stream.of(
        Arguments.of("items", sequence(0x00081140, items(ITEMS, filled, true))),
        Arguments.of("items without a length", sequence(0x00081140, items(ITEMS, filled, false))),
        Arguments.of("empty items", sequence(0x00081140, items(ITEMS, new byte[0], true))),
        Arguments.of("items of a private sequence", privately(items(ITEMS, filled, true))),
        Arguments.of("frames with a window each", frames(ITEMS / 2)),
        Arguments.of("long numbers", longNumbers()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void takeNoLongerThanTheirLength(String name, byte[] file) {
    assertTimeout(
        BAR,
        () -> {
          try (var opened = (DicomFile) DicomFile.open(Bytes.of(file))) {
            assertThat(opened.json()).as(name).isNotEmpty();
          }
        });
  }

  @ParameterizedTest(name = "with a length: {0}")
  @ValueSource(booleans = {true, false})
  void itemsStandInTheirOrderAtEveryDepth(boolean definite) throws IOException {
    var content = Part10.explicit();
    for (var i = 0; i < 3; i++) {
      var codes = items(2, Part10.explicit().text(0x00080100, "SH", "C" + i).bytes(), definite);
      var item =
          Part10.explicit()
              .text(0x00081155, "UI", "1.2." + i)
              .header(0x0040A170, "SQ", codes.length)
              .raw(codes)
              .bytes();
      content.raw(items(1, item, definite));
    }
    try (var file = (DicomFile) DicomFile.open(Bytes.of(sequence(0x00081140, content.bytes())))) {
      var json = new String(file.json(), StandardCharsets.UTF_8);
      var expected = new StringBuilder();
      for (var i = 0; i < 3; i++) {
        var code = "{\"00080100\":{\"vr\":\"SH\",\"Value\":[\"C" + i + "\"]}}";
        expected
            .append(i == 0 ? "" : ",")
            .append("{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2.")
            .append(i)
            .append("\"]},\"0040A170\":{\"vr\":\"SQ\",\"Value\":[")
            .append(code + "," + code)
            .append("]}}");
      }
      assertThat(json).contains("\"00081140\":{\"vr\":\"SQ\",\"Value\":[" + expected + "]}");
    }
  }

  private static byte[] items(int count, byte[] content, boolean definite) {
    var items = Part10.explicit();
    for (var i = 0; i < count; i++) {
      if (definite) {
        items.mark(Tags.ITEM, content.length).raw(content);
      } else {
        items.mark(Tags.ITEM, -1).raw(content).mark(Tags.ITEM_END, 0);
      }
    }
    return items.bytes();
  }

  private static byte[] sequence(int tag, byte[] items) {
    return file(ids(start().header(tag, "SQ", items.length).raw(items)));
  }

  private static byte[] privately(byte[] items) {
    return file(
        ids(start())
            .text(0x00290010, "LO", "MADE UP")
            .header(0x00291001, "SQ", -1)
            .raw(items)
            .mark(Tags.SEQUENCE_END, 0));
  }

  private static byte[] frames(int count) {
    var window =
        Part10.explicit().text(0x00281050, "DS", "40").text(0x00281051, "DS", "400").bytes();
    var group =
        Part10.explicit()
            .header(0x00289132, "SQ", 8 + window.length)
            .raw(items(1, window, true))
            .bytes();
    var groups = items(count, group, true);
    return file(
        ids(start())
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .text(0x00280008, "IS", Integer.toString(count))
            .number16(0x00280010, "US", 1)
            .number16(0x00280011, "US", 1)
            .number16(0x00280100, "US", 8)
            .number16(0x00280101, "US", 8)
            .number16(0x00280102, "US", 7)
            .number16(0x00280103, "US", 0)
            .header(0x52009230, "SQ", groups.length)
            .raw(groups)
            .element(Tags.PIXELS, "OB", new byte[count]));
  }

  /// Two hundred numbers of 60,000 digits: within the 24 MiB that values may take.
  private static byte[] longNumbers() {
    var digits = "9".repeat(60_000).getBytes(StandardCharsets.US_ASCII);
    var items = Part10.explicit();
    for (var i = 0; i < 200; i++) {
      items.mark(Tags.ITEM, 8 + digits.length).raw(decimal(digits));
    }
    return sequence(0x00081140, items.bytes());
  }

  private static byte[] decimal(byte[] digits) {
    return Part10.explicit().element(0x00101020, "DS", digits).bytes();
  }

  private static Part10 start() {
    return Part10.explicit()
        .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
        .text(0x00080018, "UI", "1.2.3.4")
        .text(0x00080060, "CS", "CT");
  }

  private static Part10 ids(Part10 dataset) {
    return dataset.text(0x0020000D, "UI", "1.2.3").text(0x0020000E, "UI", "1.2.3.1");
  }

  private static byte[] file(Part10 dataset) {
    return Part10.file(
        DicomFixtures.CT_IMAGE, "1.2.3.4", TransferSyntax.EXPLICIT_LITTLE.uid(), dataset.bytes());
  }
}

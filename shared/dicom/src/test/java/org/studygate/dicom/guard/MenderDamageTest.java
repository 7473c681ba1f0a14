package org.studygate.dicom.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Previews;
import org.studygate.dicom.frame.NoDecoder;

/// Good files damaged at random, and files made to cost: mending ends, within the same bounds, and
/// what it makes is sound.
final class MenderDamageTest {
  private static final int ROUNDS = 10_000;

  /// What the mender does not judge: the walker does, of the copy too.
  private static final Set<Reason> OF_THE_WALKER =
      Set.of(
          Reason.MISSING_UID,
          Reason.BAD_UID,
          Reason.PIXEL_SIZE,
          Reason.HEADER_TOO_LARGE,
          Reason.UNREADABLE);

  private static DicomFixtures image() {
    return DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1").size(16, 16);
  }

  private static byte[] sequences() {
    var code =
        Part10.explicit()
            .text(0x00080100, "SH", "T-1")
            .text(0x00080102, "SH", "SRT")
            .text(0x00080104, "LO", "Thorax")
            .bytes();
    var inner = Part10.explicit().sequence(0x0040A168, code).text(0x0040A160, "UT", "fine");
    var dataset =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.1.1")
            .sequence(0x00081140, code)
            .text(0x00100020, "LO", "P-1")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.1")
            .header(0x0040A730, "SQ", 8 + inner.bytes().length)
            .mark(Tags.ITEM, inner.bytes().length)
            .raw(inner.bytes())
            .bytes();
    return Part10.file(
        DicomFixtures.CT_IMAGE, "1.2.3.1.1", TransferSyntax.EXPLICIT_LITTLE.uid(), dataset);
  }

  private static List<byte[]> originals() {
    return List.of(
        image().bytes(),
        image().syntax(TransferSyntax.IMPLICIT_LITTLE).bytes(),
        image().syntax(TransferSyntax.EXPLICIT_BIG).bytes(),
        image().syntax(TransferSyntax.DEFLATED).bytes(),
        image().syntax(TransferSyntax.RLE).frames(3).bytes(),
        image().frames(4).bytes(),
        sequences());
  }

  private static byte[] damaged(byte[] original, Random random) {
    var bytes = original.clone();
    var faults = 1 + random.nextInt(3);
    for (var fault = 0; fault < faults; fault++) {
      // mostly among the headers: image data can be anything
      var reach = random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 1200);
      var at = random.nextInt(Math.max(1, reach));
      var count = Math.min(1 + random.nextInt(40), bytes.length - at);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> changed(bytes, at, (byte) random.nextInt(256));
            case 1 -> changed(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
            case 2 -> joined(part(bytes, 0, at), part(bytes, at + count, bytes.length)); // lost
            case 3 -> // twice
                joined(part(bytes, 0, at + count), part(bytes, at, bytes.length));
            case 4 -> // put in
                joined(part(bytes, 0, at), new byte[count], part(bytes, at, bytes.length));
            default -> part(bytes, 0, Math.max(at, bytes.length - count)); // cut
          };
      if (bytes.length < 200) {
        return bytes;
      }
    }
    return bytes;
  }

  private static byte[] changed(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  private static byte[] part(byte[] bytes, int from, int end) {
    return Arrays.copyOfRange(bytes, from, end);
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void whateverIsMendedIsSound() throws IOException {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var originals = originals();
    var mended = 0;
    var refused = new EnumMap<Reason, Integer>(Reason.class);
    for (var round = 0; round < ROUNDS; round++) {
      var bytes = damaged(originals.get(round % originals.size()), random);
      if (sound(bytes)) {
        continue;
      }
      try (var copy = Mender.mend(Bytes.of(bytes), Bounds.STANDARD).bytes()) {
        try (var passed = Preflight.pass(copy, Bounds.STANDARD)) {
          assertThat(passed.accepted().elements()).isPositive();
          mended++;
        } catch (Refusal refusal) {
          refused.merge(refusal.reason(), 1, Integer::sum);
        }
      } catch (Refusal _) { // not to be mended
        continue;
      }
      if (DicomFile.open(Bytes.of(bytes)) instanceof DicomFile file) {
        try (file) {
          served(file);
        }
      }
    }
    System.out.println("mended " + mended + " refused after mending " + refused);
    assertThat(mended).isGreaterThan(ROUNDS / 10);
    assertThat(OF_THE_WALKER).containsAll(refused.keySet());
  }

  static Stream<Arguments> costly() throws IOException {
    var odd = new ByteArrayOutputStream();
    var descending = new ByteArrayOutputStream();
    for (var i = 0; i < 190_000; i++) {
      descending.writeBytes(Part10.explicit().text(0x00300000 - i, "LO", "").bytes());
      var lost = Part10.explicit().text(0x00091000, "LO", "").bytes();
      lost[4] = (byte) i;
      lost[5] = (byte) (i >> 8);
      odd.writeBytes(lost);
    }
    var items = Part10.explicit();
    for (var i = 0; i < 4_000_000; i++) {
      items.mark(Tags.ITEM, i % 2 == 0 ? 0 : -1);
    }
    var endless = Part10.explicit();
    for (var i = 0; i < 90_000; i++) {
      endless.header(0x00091010, "OB", -1).raw(new byte[8]);
    }
    var deep = Part10.explicit();
    for (var i = 0; i < 500_000; i++) {
      deep.header(0x00081140, "SQ", -1).mark(Tags.ITEM, -1);
    }
    var lies = Part10.explicit();
    for (var i = 0; i < 60; i++) {
      lies.header(0x00081140, "SQ", 0x7FFF_FFF0).mark(Tags.ITEM, 0x7FFF_FFF0);
    }
    for (var i = 0; i < 180_000; i++) {
      lies.text(0x00200000 - i, "LO", "x");
    }
    var twice = Part10.explicit();
    for (var i = 0; i < 190_000; i++) {
      twice.text(0x00081030, "LO", "x");
    }
    var gaps = Part10.explicit();
    for (var i = 0; i < 190_000; i++) {
      gaps.raw(new byte[8]).text(0x00210000 + i, "LO", "");
    }
    return Stream.of(
        Arguments.of("gaps", file(gaps.bytes())),
        Arguments.of("descending tags", file(descending.toByteArray())),
        Arguments.of("representations that are none", file(odd.toByteArray())),
        Arguments.of("four million items", file(joined(start(), items.bytes()))),
        Arguments.of("values without an end", file(endless.bytes())),
        Arguments.of("sequences in sequences", file(deep.bytes())),
        Arguments.of("lengths that lie at every depth", file(lies.bytes())),
        Arguments.of("one element over and over", file(twice.bytes())),
        Arguments.of("zeros", file(new byte[16 << 20])),
        Arguments.of("delimiters", file(filled(16 << 20, 0xFFFE, 0xE0DD))),
        Arguments.of("fragments that never end", file(fragments())));
  }

  private static byte[] start() {
    return Part10.explicit().header(0x00081140, "SQ", -1).bytes();
  }

  private static byte[] filled(int length, int group, int element) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i += 8) {
      bytes[i] = (byte) group;
      bytes[i + 1] = (byte) (group >> 8);
      bytes[i + 2] = (byte) element;
      bytes[i + 3] = (byte) (element >> 8);
    }
    return bytes;
  }

  private static byte[] fragments() {
    var part = Part10.explicit().header(Tags.PIXELS, "OB", -1);
    for (var i = 0; i < 95_000; i++) {
      part.mark(Tags.ITEM, -1).raw(new byte[64]);
    }
    return part.bytes();
  }

  private static byte[] file(byte[] behind) {
    var ids =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.1.1")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.1")
            .bytes();
    return Part10.file(
        DicomFixtures.CT_IMAGE,
        "1.2.3.1.1",
        TransferSyntax.EXPLICIT_LITTLE.uid(),
        joined(ids, behind));
  }

  /// They take a fraction of a second and memory for their headers; the bars leave room for a busy
  /// machine.
  @ParameterizedTest(name = "{0}")
  @MethodSource("costly")
  void filesMadeToCostDoNot(String name, byte[] file) throws IOException {
    var began = allocated();
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          var opened = DicomFile.open(Bytes.of(file));
          if (opened instanceof DicomFile dicom) {
            dicom.close();
          }
        });
    assertThat(allocated() - began).as(name).isLessThan(400L << 20);
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static boolean sound(byte[] bytes) throws IOException {
    try {
      Preflight.pass(Bytes.of(bytes), Bounds.STANDARD).close();
      return true;
    } catch (Refusal _) {
      return false;
    }
  }

  private static void served(DicomFile file) throws IOException {
    assertThat(file.mended()).isNotEmpty();
    byte[] bytes;
    try (var in = file.original()) {
      bytes = in.readAllBytes();
    }
    try (var again = (DicomFile) DicomFile.open(Bytes.of(bytes))) {
      assertThat(again.mended()).isEmpty();
      assertThat(again.header()).isEqualTo(file.header());
      assertThat(again.json()).isEqualTo(file.json());
      if (again.frames() > 0) {
        assertThat(Previews.render(again, 0, List.of(128), new NoDecoder())).isNotNull();
      }
    }
  }
}

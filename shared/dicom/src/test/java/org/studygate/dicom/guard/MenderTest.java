package org.studygate.dicom.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.Rle;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;

/// What DCMTK and pydicom forgive is mended, wherever it stands and in whatever encoding; what is
/// served then is a sound file with the same values, and what cannot be mended is refused for the
/// walker's first reason.
final class MenderTest {
  private static final String CLASS = DicomFixtures.CT_IMAGE;
  private static final String SOP = "1.2.3.1.1";
  private static final int SIDE = 16;

  /// How a test's data set is written.
  enum Form {
    EXPLICIT(TransferSyntax.EXPLICIT_LITTLE),
    IMPLICIT(TransferSyntax.IMPLICIT_LITTLE),
    BIG(TransferSyntax.EXPLICIT_BIG),
    DEFLATED(TransferSyntax.DEFLATED);

    private final TransferSyntax syntax;

    Form(TransferSyntax syntax) {
      this.syntax = syntax;
    }

    Part10 part() {
      return switch (this) {
        case EXPLICIT, DEFLATED -> Part10.explicit();
        case IMPLICIT -> Part10.implicit();
        case BIG -> Part10.explicitBig();
      };
    }

    byte[] file(byte[] dataset) {
      return Part10.file(
          CLASS, SOP, syntax.uid(), this == DEFLATED ? DicomFixtures.deflated(dataset) : dataset);
    }
  }

  // Data sets

  /// One element each, or a whole sequence.
  private static List<byte[]> elements(Form form) {
    var all = new ArrayList<byte[]>();
    add(all, form, part -> part.text(0x00080016, "UI", CLASS));
    add(all, form, part -> part.text(0x00080018, "UI", SOP));
    add(all, form, part -> part.text(0x00080050, "SH", "A-1"));
    add(all, form, part -> part.text(0x00080060, "CS", "CT"));
    add(all, form, part -> part.sequence(0x00081140, nested(form).bytes()));
    add(all, form, part -> part.text(0x00100010, "PN", "Muster^Erika"));
    add(all, form, part -> part.text(0x00100020, "LO", "P-1"));
    add(all, form, part -> part.text(0x00100030, "DA", "19670401"));
    add(all, form, part -> part.text(0x0020000D, "UI", "1.2.3"));
    add(all, form, part -> part.text(0x0020000E, "UI", "1.2.3.1"));
    add(all, form, part -> part.number16(0x00280002, "US", 1));
    add(all, form, part -> part.text(0x00280004, "CS", "MONOCHROME2"));
    add(all, form, part -> part.number16(0x00280010, "US", SIDE));
    add(all, form, part -> part.number16(0x00280011, "US", SIDE));
    add(all, form, part -> part.number16(0x00280100, "US", 16));
    add(all, form, part -> part.number16(0x00280101, "US", 12));
    add(all, form, part -> part.number16(0x00280102, "US", 11));
    add(all, form, part -> part.number16(0x00280103, "US", 0));
    add(all, form, part -> part.element(Tags.PIXELS, "OW", pixels(form, 1)));
    return all;
  }

  private static Part10 nested(Form form) {
    return form.part().text(0x00081150, "UI", CLASS).text(0x00081155, "UI", "1.2.3.9");
  }

  private static byte[] pixels(Form form, int frames) {
    var bytes = new byte[2 * SIDE * SIDE * frames];
    for (var i = 0; i < bytes.length / 2; i++) {
      var value = (i * 7) & 0xFFF;
      bytes[2 * i + (form == Form.BIG ? 1 : 0)] = (byte) value;
      bytes[2 * i + (form == Form.BIG ? 0 : 1)] = (byte) (value >> 8);
    }
    return bytes;
  }

  private static void add(List<byte[]> all, Form form, Consumer<Part10> writer) {
    var part = form.part();
    writer.accept(part);
    all.add(part.bytes());
  }

  private static byte[] joined(List<byte[]> parts) {
    var out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /// The sound data set with something else put in before the element of that index.
  private static byte[] with(Form form, int index, byte[] bytes) {
    var all = elements(form);
    all.add(index, bytes);
    return joined(all);
  }

  private static byte[] instead(Form form, int index, byte[] bytes) {
    var all = elements(form);
    all.set(index, bytes);
    return joined(all);
  }

  private static byte[] raw(Form form, int tag, String vr, int length, boolean wide, byte[] value) {
    var part = form.part().raw(tag(form, tag)).raw(vr.getBytes(ISO_8859_1));
    var big = form == Form.BIG;
    var bytes = new byte[wide ? 6 : 2];
    var at = wide ? 2 : 0;
    for (var i = 0; i < bytes.length - at; i++) {
      bytes[big ? bytes.length - 1 - i : at + i] = (byte) (length >> (8 * i));
    }
    return part.raw(bytes).raw(value).bytes();
  }

  private static byte[] tag(Form form, int tag) {
    var marked = form.part().mark(tag, 0).bytes();
    return Arrays.copyOf(marked, 4);
  }

  // What must come of it

  private static DicomFile same(byte[] bytes, Form form, Mended... notes) throws IOException {
    var opened = DicomFile.open(Bytes.of(bytes));
    assertThat(opened).as("%s", opened).isInstanceOf(DicomFile.class);
    var file = (DicomFile) opened;
    assertThat(file.mended()).containsExactlyInAnyOrder(notes);
    try (var sound = (DicomFile) DicomFile.open(Bytes.of(form.file(joined(elements(form)))))) {
      assertThat(sound.mended()).isEmpty();
      assertThat(file.header().patient()).isEqualTo(sound.header().patient());
      assertThat(file.header().study()).isEqualTo(sound.header().study());
      assertThat(file.header().series()).isEqualTo(sound.header().series());
      assertThat(file.header().image()).isEqualTo(sound.header().image());
      assertThat(samples(file)).isEqualTo(samples(sound));
    }
    assertThat(file.asItCame().readAllBytes()).isEqualTo(bytes);
    served(file);
    return file;
  }

  /// What is served is a sound file, byte for byte where it says.
  private static void served(DicomFile file) throws IOException {
    byte[] bytes;
    try (var in = file.original()) {
      bytes = in.readAllBytes();
    }
    assertThat(bytes).hasSize((int) file.length());
    var again = DicomFile.open(Bytes.of(bytes));
    assertThat(again).as("%s", again).isInstanceOf(DicomFile.class);
    try (var sound = (DicomFile) again) {
      assertThat(sound.mended()).isEmpty();
      assertThat(sound.header()).isEqualTo(file.header());
      assertThat(sound.json()).isEqualTo(file.json());
      assertThat(sound.exactPixels()).isEqualTo(file.exactPixels());
      file.exactPixels()
          .ifPresent(
              exact ->
                  assertThat(exact.offset() + exact.length()).isLessThanOrEqualTo(bytes.length));
    }
  }

  private static int[] samples(DicomFile file) throws IOException {
    var decoded = file.decode(0, new NoDecoder());
    assertThat(decoded).as("%s", decoded).isInstanceOf(Frame.class);
    return ((Frame) decoded).samples();
  }

  private static void refused(Reason reason, byte[] bytes) throws IOException {
    var opened = DicomFile.open(Bytes.of(bytes));
    assertThat(opened)
        .as("%s", opened)
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
  }

  // Kinds

  @ParameterizedTest
  @EnumSource(Form.class)
  void aSoundFileIsServedAsItCame(Form form) throws IOException {
    var bytes = form.file(joined(elements(form)));
    try (var file = same(bytes, form)) {
      assertThat(file.original().readAllBytes()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void whatStandsBehindTheLastElementIsCutOff(Form form) throws IOException {
    var tails =
        List.of(
            new byte[3],
            new byte[512],
            new byte[4099],
            " ".repeat(700).getBytes(ISO_8859_1),
            "<html>not found</html>".getBytes(ISO_8859_1),
            filled(600, 0xFF),
            form.file(joined(elements(form))));
    for (var tail : tails) {
      var dataset = joined(List.of(joined(elements(form)), tail));
      same(form.file(dataset), form, Mended.TRAILING).close();
    }
  }

  @Test
  void zerosBehindAnObjectWithoutImageAreCutOff() throws IOException {
    var all = elements(Form.EXPLICIT).subList(0, 10);
    all.add(new byte[1000]);
    var opened = DicomFile.open(Bytes.of(Form.EXPLICIT.file(joined(all))));
    try (var file = (DicomFile) opened) {
      assertThat(file.mended()).containsExactly(Mended.TRAILING);
      served(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "??", "  ", "\0\u0001", "xx", "ZZ", "O", "U\0"})
  void aRepresentationThatIsNoneIsThatOfTheDictionary(String written) throws IOException {
    var vr = (written + " ").substring(0, 2);
    for (var form : List.of(Form.EXPLICIT, Form.BIG, Form.DEFLATED)) {
      for (var wide : List.of(false, true)) {
        var value = "some text ".getBytes(ISO_8859_1);
        var known = raw(form, 0x00081040, vr, 10, wide, value);
        same(form.file(with(form, 4, known)), form, Mended.REPRESENTATION).close();
        var own = raw(form, 0x00191012, vr, 10, wide, value);
        same(form.file(with(form, 8, own)), form, Mended.REPRESENTATION).close();
        var inside = form.part().sequence(0x00081140, nested(form).raw(known(form, vr)).bytes());
        same(form.file(instead(form, 4, inside.bytes())), form, Mended.REPRESENTATION).close();
      }
      var rows =
          raw(
              form,
              0x00280010,
              vr,
              2,
              false,
              form == Form.BIG ? new byte[] {0, SIDE} : new byte[] {SIDE, 0});
      same(form.file(instead(form, 12, rows)), form, Mended.REPRESENTATION).close();
      var first = raw(form, 0x00080008, vr, 8, false, "ORIGINAL".getBytes(ISO_8859_1));
      same(form.file(with(form, 0, first)), form, Mended.REPRESENTATION).close();
    }
  }

  private static byte[] known(Form form, String vr) {
    return raw(form, 0x00400555, vr, 4, false, "1234".getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "BIG", "DEFLATED"})
  void elementsWithoutRepresentationAmongOthersAreRead(Form form) throws IOException {
    for (var index : List.of(0, 3, 5, 12, 15, 18)) {
      var plain = form == Form.BIG ? null : elements(Form.IMPLICIT).get(index);
      if (plain != null) {
        same(form.file(instead(form, index, plain)), form, Mended.ENCODING).close();
      }
    }
    if (form != Form.BIG) {
      var inside = elements(Form.IMPLICIT).get(4);
      var items = Arrays.copyOfRange(inside, 8, inside.length);
      var sequence = form.part().header(0x00081140, "SQ", -1).raw(items).bytes();
      same(form.file(instead(form, 4, sequence)), form, Mended.ENCODING).close();
    }
  }

  @Test
  void aDataSetInAnotherEncodingIsReadAsItIs() throws IOException {
    for (var declared : List.of(Form.EXPLICIT, Form.IMPLICIT, Form.BIG)) {
      for (var real : List.of(Form.EXPLICIT, Form.IMPLICIT, Form.BIG)) {
        if (declared != real) {
          var bytes = declared.file(joined(elements(real)));
          same(bytes, real, Mended.ENCODING).close();
        }
      }
    }
    same(
            Part10.file(CLASS, SOP, TransferSyntax.DEFLATED.uid(), joined(elements(Form.EXPLICIT))),
            Form.EXPLICIT,
            Mended.SYNTAX)
        .close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void ofAnElementThatStandsTwiceTheFirstOneCounts(Form form) throws IOException {
    for (var index = 2; index < elements(form).size(); index++) {
      var all = elements(form);
      all.add(index, all.get(index));
      same(form.file(joined(all)), form, Mended.TWICE).close();
    }
    var other = form.part().text(0x00080060, "CS", "MR").bytes();
    same(form.file(with(form, 4, other)), form, Mended.TWICE).close();
    var empty = form.part().text(0x00080060, "CS", "").bytes();
    same(form.file(with(form, 3, empty)), form, Mended.TWICE).close();
    var twice =
        form.part().sequence(0x00081140, nested(form).text(0x00081155, "UI", "1.2.4").bytes());
    same(form.file(instead(form, 4, twice.bytes())), form, Mended.TWICE).close();
  }

  /// Nobody can tell which of them is right.
  @ParameterizedTest
  @EnumSource(Form.class)
  void twoPersonsOrTwoObjectsInOneFileAreRefused(Form form) throws IOException {
    var others =
        List.of(
            form.part().text(0x00100010, "PN", "Anders^Hans").bytes(),
            form.part().text(0x00100020, "LO", "P-2").bytes(),
            form.part().text(0x00100030, "DA", "19670402").bytes(),
            form.part().text(0x0020000D, "UI", "1.2.4").bytes(),
            form.part().text(0x00080050, "SH", "A-2").bytes());
    for (var other : others) {
      refused(Reason.TAGS_NOT_ASCENDING, form.file(with(form, 10, other)));
      refused(Reason.TAGS_NOT_ASCENDING, form.file(with(form, 18, other)));
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aPersonAndAnEmptyOneAreOne(Form form) throws IOException {
    for (var tag : List.of(0x00100010, 0x00100020, 0x0020000D)) {
      var empty = form.part().text(tag, tag == 0x0020000D ? "UI" : "LO", "").bytes();
      same(form.file(with(form, 18, empty)), form, Mended.TWICE, Mended.ORDER).close();
      same(form.file(with(form, 1, empty)), form, Mended.TWICE, Mended.ORDER).close();
    }
  }

  /// What follows the image says whether there is more, or what is none of the file's.
  @Test
  void privateElementsBehindTheImageAreKept() throws IOException {
    var form = Form.IMPLICIT;
    var all = elements(form);
    all.add(1, all.removeLast());
    all.add(2, form.part().text(0x00290010, "LO", "OURS").text(0x00291001, "LO", "it").bytes());
    try (var file = same(form.file(joined(all)), form, Mended.ORDER)) {
      assertThat(new String(file.json(), UTF_8)).contains("00291001");
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void elementsInAnyOrderAreSorted(Form form) throws IOException {
    var seed = 20261127L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var round = 0; round < 30; round++) {
      var all = elements(form);
      var rest = all.subList(1, all.size()); // the first one tells the encoding
      Collections.shuffle(rest, random);
      same(form.file(joined(all)), form, Mended.ORDER).close();
    }
    var swapped = form.part().text(0x00081155, "UI", "1.2.3.9").text(0x00081150, "UI", CLASS);
    var inside = form.part().sequence(0x00081140, swapped.bytes()).bytes();
    same(form.file(instead(form, 4, inside)), form, Mended.ORDER).close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void metaInformationAmongTheOthersIsLeftOut(Form form) throws IOException {
    var meta =
        Part10.explicit()
            .text(0x00020002, "UI", CLASS)
            .text(0x00020003, "UI", SOP)
            .text(0x00020010, "UI", TransferSyntax.IMPLICIT_LITTLE.uid())
            .bytes();
    if (form != Form.DEFLATED) { // where they are in order
      same(form.file(with(form, 0, meta)), form, Mended.META).close();
    }
    if (form == Form.EXPLICIT) {
      same(form.file(with(form, 7, meta)), form, Mended.META).close();
    }
  }

  @Test
  void metaInformationInImplicitEncodingIsRead() throws IOException {
    var meta =
        Part10.implicit()
            .text(0x00020002, "UI", CLASS)
            .text(0x00020003, "UI", SOP)
            .text(0x00020010, "UI", TransferSyntax.EXPLICIT_LITTLE.uid())
            .bytes();
    var dataset = joined(elements(Form.EXPLICIT));
    var file = joined(List.of(new byte[128], "DICM".getBytes(ISO_8859_1), meta, dataset));
    same(file, Form.EXPLICIT, Mended.HEAD).close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void metaInformationInBigEndianIsRead(Form form) throws IOException {
    var meta =
        Part10.explicitBig()
            .text(0x00020002, "UI", CLASS)
            .text(0x00020003, "UI", SOP)
            .text(0x00020010, "UI", form.syntax.uid())
            .bytes();
    var sound = joined(elements(form));
    var dataset = form == Form.DEFLATED ? DicomFixtures.deflated(sound) : sound;
    var file = joined(List.of(new byte[128], "DICM".getBytes(ISO_8859_1), meta, dataset));
    same(file, form, Mended.HEAD).close();
  }

  /// Of a syntax that nobody knows the data set may show that it is a plain one.
  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "IMPLICIT", "BIG"})
  void aPlainDataSetOfAnUnknownSyntaxIsRead(Form form) throws IOException {
    var dataset = joined(elements(form));
    same(Part10.file(CLASS, SOP, "1.2.3.4.5", dataset), form, Mended.HEAD).close();
    var half = form.part().element(Tags.PIXELS, "OW", new byte[SIDE * SIDE]).bytes();
    var packed = Part10.file(CLASS, SOP, "1.2.3.4.5", joined(List.of(instead(form, 18, half))));
    refused(Reason.UNKNOWN_SYNTAX, packed);
    refused(Reason.UNKNOWN_SYNTAX, Part10.file(CLASS, SOP, "1.2.840.113619.5.2", dataset));
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "IMPLICIT", "BIG"})
  void zerosBetweenElementsArePassedOver(Form form) throws IOException {
    for (var index : List.of(3, 8, 18)) {
      for (var length : List.of(8, 16, 40)) {
        same(form.file(with(form, index, new byte[length])), form, Mended.GAPS).close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "IMPLICIT", "BIG"})
  void aFileWithoutItsHeadIsReadAsItIs(Form form) throws IOException {
    var dataset = joined(elements(form));
    same(dataset, form, Mended.HEAD).close();
    var whole = form.file(dataset);
    same(Arrays.copyOfRange(whole, 132, whole.length), form, Mended.HEAD).close();
    same(Arrays.copyOfRange(whole, 128, whole.length), form, Mended.HEAD).close();
    var unmarked = joined(List.of(new byte[128], Arrays.copyOfRange(whole, 132, whole.length)));
    same(unmarked, form, Mended.HEAD).close();
    var bare = joined(List.of(new byte[128], dataset));
    same(bare, form, Mended.HEAD).close();
    assertThat(
            List.of(dataset, unmarked, bare, Arrays.copyOfRange(whole, 128, whole.length), whole))
        .allMatch(bytes -> Preamble.opens(Arrays.copyOf(bytes, Preamble.START)));
    var marked = joined(List.of(new byte[128], "DICM".getBytes(ISO_8859_1), dataset));
    same(marked, form, Mended.HEAD).close();
  }

  @Test
  void whatIsNoDicomStaysNone() throws IOException {
    for (var text :
        List.of(
            "{\"type\":\"order\",\"accession\":\"A17\",\"patient\":{}}",
            "MSH|^~\\&|RIS|NOORD|||20261127||ORM^O01|1|P|2.3\rPID|||P-1",
            "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj",
            "PK\u0003\u0004",
            "\b\0\u0005\0 and nothing of DICOM behind it, but long enough for many elements")) {
      var bytes = (text + "x".repeat(400)).getBytes(ISO_8859_1);
      refused(Reason.NOT_DICOM, bytes);
      assertThat(Preamble.opens(Arrays.copyOf(bytes, Preamble.START))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void delimitersThatAreMissingMisplacedOrLongAreMended(Form form) throws IOException {
    var inside = nested(form).bytes();
    var item = 0xFFFEE000;
    var sequences =
        List.of(
            form.part().header(0x00081140, "SQ", -1).mark(item, -1).raw(inside).mark(0xFFFEE0DD, 0),
            form.part().header(0x00081140, "SQ", -1).mark(item, -1).raw(inside).mark(0xFFFEE00D, 0),
            form.part()
                .header(0x00081140, "SQ", -1)
                .mark(item, -1)
                .raw(inside)
                .mark(0xFFFEE00D, -1)
                .mark(0xFFFEE0DD, 0x4D2),
            form.part()
                .header(0x00081140, "SQ", -1)
                .mark(item, -1)
                .raw(inside)
                .mark(item, -1)
                .raw(inside)
                .mark(0xFFFEE00D, 0)
                .mark(0xFFFEE0DD, 0),
            form.part()
                .header(0x00081140, "SQ", -1)
                .mark(item, -1)
                .raw(inside)
                .mark(0xFFFEE0DD, 0)
                .mark(item, inside.length)
                .raw(inside)
                .mark(0xFFFEE00D, 0)
                .mark(0xFFFEE0DD, 0),
            form.part()
                .header(0x00081140, "SQ", 8 + inside.length)
                .mark(item, inside.length)
                .raw(inside)
                .mark(0xFFFEE0DD, 0),
            form.part().header(0x00081140, "SQ", -1));
    for (var sequence : sequences) {
      same(form.file(instead(form, 4, sequence.bytes())), form, Mended.DELIMITERS).close();
    }
  }

  /// The item is too short, and what lies in it is closed behind it.
  @ParameterizedTest
  @EnumSource(Form.class)
  void delimitersBehindTheirItemBelongToIt(Form form) throws IOException {
    var codes = form.part().sequence(0x0040A043, form.part().text(0x00080100, "SH", "T-1").bytes());
    var inside = nested(form).raw(codes.bytes()).bytes();
    for (var missing : List.of(8, 4, 6)) {
      for (var items : List.of(1, 2)) {
        var sequence = form.part().header(0x00081140, "SQ", -1);
        for (var item = 0; item < items; item++) {
          sequence.mark(Tags.ITEM, inside.length - missing).raw(inside);
        }
        var bytes = sequence.mark(Tags.SEQUENCE_END, 0).bytes();
        same(form.file(instead(form, 4, bytes)), form, Mended.LENGTHS).close();
      }
    }
  }

  /// The same, but the delimiter of what lies in it is missing.
  @ParameterizedTest
  @EnumSource(Form.class)
  void delimitersBehindAnItemMayBeOfWhatIsAround(Form form) throws IOException {
    var codes =
        form.part()
            .header(0x0040A043, "SQ", -1)
            .mark(Tags.ITEM, -1)
            .text(0x00080100, "SH", "T-1")
            .mark(Tags.ITEM_END, 0);
    var inside = nested(form).raw(codes.bytes()).bytes();
    var sequence = sequence(form, -1, inside.length, inside, true);
    same(form.file(instead(form, 4, sequence)), form, Mended.DELIMITERS).close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void nothingIsMissedWhenTheFileEndsWithinASequence(Form form) throws IOException {
    var last =
        form.part()
            .header(0x7FE11010, "SQ", -1)
            .mark(Tags.ITEM, -1)
            .header(0x00081140, "SQ", -1)
            .mark(Tags.ITEM, -1)
            .raw(nested(form).bytes())
            .bytes();
    var all = elements(form);
    all.add(last);
    same(form.file(joined(all)), form, Mended.DELIMITERS).close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void lengthsThatDoNotFitAreMended(Form form) throws IOException {
    var inside = nested(form).bytes();
    var length = inside.length;
    var sequences =
        List.of(
            sequence(form, 8 + length, length + 20, inside), // item over sequence
            sequence(form, 8 + length, length - 4, inside), // value over item
            sequence(form, -1, length - 4, inside, true),
            sequence(form, 8 + length - 4, length, inside));
    for (var sequence : sequences) {
      var opened = DicomFile.open(Bytes.of(form.file(instead(form, 4, sequence))));
      assertThat(opened).as("%s", opened).isInstanceOf(DicomFile.class);
      try (var file = (DicomFile) opened) {
        assertThat(file.mended()).contains(Mended.LENGTHS);
        assertThat(file.header().patient().id()).isEqualTo("P-1");
        assertThat(samples(file)).hasSize(SIDE * SIDE);
        served(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void lengthsThatAreAFewBytesTooGreatAreMended(Form form) throws IOException {
    var inside = nested(form).bytes();
    for (var more = 2; more < 8; more += 2) {
      var length = inside.length;
      var items =
          form.part()
              .header(0x00081140, "SQ", 2L * (8 + length))
              .mark(Tags.ITEM, length + more)
              .raw(inside)
              .mark(Tags.ITEM, length + more)
              .raw(inside);
      var longer = form.file(instead(form, 4, items.bytes()));
      same(longer, form, Mended.LENGTHS, Mended.DELIMITERS).close();
      var whole = sequence(form, 8 + length + more, length, inside);
      same(form.file(instead(form, 4, whole)), form, Mended.LENGTHS).close();
    }
  }

  private static byte[] sequence(Form form, int whole, int item, byte[] inside) {
    return sequence(form, whole, item, inside, false);
  }

  private static byte[] sequence(Form form, int whole, int item, byte[] inside, boolean ended) {
    var part = form.part().header(0x00081140, "SQ", whole).mark(Tags.ITEM, item).raw(inside);
    return ended ? part.mark(Tags.SEQUENCE_END, 0).bytes() : part.bytes();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aSequenceLongerThanItsFileEndsWithIt(Form form) throws IOException {
    var all = elements(form);
    all.set(4, sequence(form, 400_000, nested(form).bytes().length, nested(form).bytes()));
    try (var file = (DicomFile) DicomFile.open(Bytes.of(form.file(joined(all))))) {
      assertThat(file.mended()).contains(Mended.CUT);
      assertThat(file.header().patient().id()).isEqualTo("P-1");
      served(file);
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aByteThatIsNotCountedIsPassedOver(Form form) throws IOException {
    var odd = form.part().header(0x00081040, "LO", 5).raw("Thor\0\0".getBytes(ISO_8859_1)).bytes();
    same(form.file(with(form, 4, odd)), form, Mended.LENGTHS).close();
  }

  @Test
  void headersOfTheOtherWidthAreRead() throws IOException {
    for (var form : List.of(Form.EXPLICIT, Form.BIG)) {
      var narrow = raw(form, 0x00091002, "UN", 6, false, "abcdef".getBytes(ISO_8859_1));
      same(form.file(with(form, 5, narrow)), form, Mended.LENGTHS).close();
      var wide = raw(form, 0x00081040, "LO", 6, true, "abcdef".getBytes(ISO_8859_1));
      same(form.file(with(form, 4, wide)), form, Mended.LENGTHS).close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "BIG"})
  void privateValuesWithoutALengthAreRead(Form form) throws IOException {
    var value =
        form.part()
            .header(0x00091010, "OB", -1)
            .raw("0123456789".getBytes(ISO_8859_1))
            .mark(Tags.SEQUENCE_END, 0)
            .bytes();
    same(form.file(with(form, 5, value)), form, Mended.LENGTHS).close();
    var items =
        form.part()
            .header(0x00091010, "OB", -1)
            .mark(Tags.ITEM, -1)
            .raw(nested(form).bytes())
            .mark(Tags.ITEM_END, 0)
            .mark(Tags.SEQUENCE_END, 0)
            .bytes();
    same(form.file(with(form, 5, items)), form, Mended.LENGTHS).close();
  }

  @Test
  void aSequenceHiddenInUnIsFollowedInEitherEncoding() throws IOException {
    for (var form : List.of(Form.EXPLICIT, Form.BIG)) {
      for (var inner : List.of(Form.IMPLICIT, form)) {
        var hidden =
            form.part()
                .header(0x00091010, "UN", -1)
                .raw(inner.part().mark(Tags.ITEM, -1).raw(nested(inner).bytes()).bytes())
                .raw(inner.part().mark(Tags.ITEM_END, 0).mark(Tags.SEQUENCE_END, 0).bytes())
                .bytes();
        var all = elements(form);
        all.add(5, hidden);
        all.add(new byte[64]);
        same(form.file(joined(all)), form, Mended.TRAILING).close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void uidsAreFreedOfBlanksAndCompletedFromTheHead(Form form) throws IOException {
    var blank = form.part().text(0x0020000D, "UI", "  1.2.3 ").bytes();
    same(form.file(instead(form, 8, blank)), form, Mended.UIDS).close();
    for (var lines : List.of("1.2.3\n", "\t1.2.3", "1.2.3\r\n")) {
      var uid = form.part().text(0x0020000D, "UI", lines).bytes();
      same(form.file(instead(form, 8, uid)), form, Mended.UIDS).close();
    }
    var all = elements(form);
    all.remove(0);
    all.remove(0);
    same(form.file(joined(all)), form, Mended.UIDS).close();
    all = elements(form);
    all.remove(9);
    refused(Reason.MISSING_UID, form.file(joined(all)));
    var none = form.part().text(0x0020000D, "UI", "../../etc/passwd").bytes();
    refused(Reason.BAD_UID, form.file(instead(form, 8, none)));
  }

  /// The same text is the same study, whichever file it stands in.
  @ParameterizedTest
  @EnumSource(Form.class)
  void ofATextThatIsNoUidOneIsMade(Form form) throws IOException {
    var made = new HashSet<String>();
    var wrong =
        List.of(
            "1.2.840.1x7.5",
            "1.2.840.17.5.",
            "1.2.840..17.5",
            "1.2.8 40",
            "1.2.3." + "4".repeat(90));
    for (var text : wrong) {
      for (var times = 0; times < 2; times++) {
        var uid = form.part().text(0x0020000D, "UI", text).bytes();
        var opened = DicomFile.open(Bytes.of(form.file(instead(form, 8, uid))));
        assertThat(opened).as("%s: %s", text, opened).isInstanceOf(DicomFile.class);
        try (var file = (DicomFile) opened) {
          assertThat(file.mended()).containsExactly(Mended.MADE);
          assertThat(file.header().studyUid()).matches("2\\.25\\.\\d{30,39}");
          made.add(file.header().studyUid());
          served(file);
        }
      }
    }
    assertThat(made).hasSameSizeAs(wrong);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void severalFaultsAtOnceAreMended(Form form) throws IOException {
    var all = elements(form);
    var item = nested(form).bytes();
    all.set(
        4,
        form.part()
            .header(0x00081140, "SQ", -1)
            .mark(Tags.ITEM, -1)
            .raw(item)
            .mark(Tags.SEQUENCE_END, -1)
            .bytes());
    Collections.swap(all, 6, 13);
    all.add(11, all.get(10));
    all.add(new byte[300]);
    same(
            form.file(joined(all)),
            form,
            Mended.TRAILING,
            Mended.TWICE,
            Mended.ORDER,
            Mended.DELIMITERS)
        .close();
  }

  // Images

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "IMPLICIT", "BIG"})
  void ofAFileThatEndsEarlyTheWholeFramesAreKept(Form form) throws IOException {
    var all = elements(form);
    all.add(12, form.part().text(Tags.FRAMES, "IS", "5").bytes());
    all.set(19, form.part().element(Tags.PIXELS, "OW", pixels(form, 5)).bytes());
    var whole = form.file(joined(all));
    var frame = 2 * SIDE * SIDE;
    for (var missing : List.of(1, frame - 1, frame, frame + 1, 4 * frame)) {
      var cut = Arrays.copyOf(whole, whole.length - missing);
      try (var file = (DicomFile) DicomFile.open(Bytes.of(cut))) {
        assertThat(file.mended()).containsExactlyInAnyOrder(Mended.CUT, Mended.FRAMES);
        assertThat(file.frames()).isEqualTo(5 - (missing + frame - 1) / frame);
        assertThat(samples(file)).hasSize(SIDE * SIDE);
        served(file);
      }
    }
    refused(Reason.TRUNCATED, Arrays.copyOf(whole, whole.length - 4 * frame - 1));
  }

  @Test
  void halfAnImageOrHalfAReportIsRefused() throws IOException {
    var form = Form.EXPLICIT;
    var whole = form.file(joined(elements(form)));
    for (var missing = 1; missing < whole.length - 200; missing += 3) {
      var opened = DicomFile.open(Bytes.of(Arrays.copyOf(whole, whole.length - missing)));
      if (opened instanceof DicomFile file) { // cut between two elements
        assertThat(file.mended()).isEmpty();
        file.close();
      }
    }
    for (var sopClass : List.of("1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.5.1.4.1.1.104.1")) {
      refused(Reason.TRUNCATED, withoutImage(sopClass));
    }
    try (var plan =
        (DicomFile) DicomFile.open(Bytes.of(withoutImage("1.2.840.10008.5.1.4.1.1.481.5")))) {
      assertThat(plan.mended()).containsExactly(Mended.CUT);
      served(plan);
    }
  }

  private static byte[] withoutImage(String sopClass) {
    var all = elements(Form.EXPLICIT).subList(1, 10);
    all.add(0, Part10.explicit().text(Tags.SOP_CLASS, "UI", sopClass).bytes());
    all.add(
        Part10.explicit()
            .text(0x300A0002, "SH", "whole")
            .header(0x300A0003, "LO", 40)
            .raw("half".getBytes(ISO_8859_1))
            .bytes());
    return Form.EXPLICIT.file(joined(all));
  }

  @Test
  void aNumberOfFramesThatIsNoneOrTooHighIsCorrected() throws IOException {
    for (var number : List.of("1A", "one", "7", "1.0", "-3", "1000000000")) {
      var all = elements(Form.EXPLICIT);
      all.add(12, Part10.explicit().text(Tags.FRAMES, "IS", number).bytes());
      same(Form.EXPLICIT.file(joined(all)), Form.EXPLICIT, Mended.FRAMES).close();
    }
  }

  @Test
  void aNumberOfFramesIsCorrectedInCompressedImagesToo() throws IOException {
    var packed = rle();
    for (var number : List.of("1.0", "one", "1\\1", "9999999999x")) {
      var all = elements(Form.EXPLICIT);
      all.set(18, fragment(packed));
      all.add(12, Part10.explicit().text(Tags.FRAMES, "IS", number).bytes());
      var file = Part10.file(CLASS, SOP, TransferSyntax.RLE.uid(), joined(all));
      same(file, Form.EXPLICIT, Mended.FRAMES).close();
    }
  }

  /// Some writers lose the last bytes of an image. As much as a fiftieth of a frame is black then.
  @ParameterizedTest
  @EnumSource(Form.class)
  void anImageThatLacksAFewBytesIsDrawn(Form form) throws IOException {
    var frame = 2 * SIDE * SIDE;
    for (var missing : List.of(1, 2, 10)) {
      var few = Arrays.copyOf(pixels(form, 1), frame - missing);
      var image = form.part().header(Tags.PIXELS, "OW", few.length).raw(few).bytes();
      try (var file = (DicomFile) DicomFile.open(Bytes.of(form.file(instead(form, 18, image))))) {
        assertThat(file.mended()).containsExactly(Mended.SHORT);
        var samples = samples(file);
        assertThat(samples).hasSize(SIDE * SIDE);
        for (var i = 0; i < SIDE * SIDE; i++) {
          var there = frame - missing - 2 * i;
          assertThat(samples[i]).isEqualTo(there >= 2 ? i * 7 & 0xFFF : there > 0 ? samples[i] : 0);
        }
        served(file);
      }
    }
    var half = form.part().element(Tags.PIXELS, "OW", new byte[frame / 2]).bytes();
    refused(Reason.PIXEL_SIZE, form.file(instead(form, 18, half)));
  }

  /// Representations that others read as well.
  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "BIG", "DEFLATED"})
  void numbersMayBeOfAnotherRepresentation(Form form) throws IOException {
    for (var index : List.of(10, 12, 13, 14, 15, 16, 17)) {
      var tag =
          List.of(
                  0x00280002,
                  0,
                  0x00280010,
                  0x00280011,
                  0x00280100,
                  0x00280101,
                  0x00280102,
                  0x00280103)
              .get(index - 10);
      var value = List.of(1, 0, SIDE, SIDE, 16, 12, 11, 0).get(index - 10);
      var digits = Integer.toString(value);
      var others =
          List.of(
              form.part().number32(tag, "UL", value),
              form.part().text(tag, "IS", digits),
              form.part().text(tag, "DS", " " + digits),
              form.part().number16(tag, "SS", value),
              form.part().number16(tag, "UL", value),
              form.part().number16(tag, "OW", value));
      for (var other : others) {
        same(form.file(instead(form, index, other.bytes())), form).close();
      }
    }
    var frames = form.part().number16(Tags.FRAMES, "US", 1).bytes();
    same(form.file(with(form, 12, frames)), form).close();
  }

  /// A number of another length than its representation has is no reason to refuse the rest.
  @ParameterizedTest
  @EnumSource(Form.class)
  void numbersOfNoWholeLengthAreNone(Form form) throws IOException {
    for (var vr : List.of("AT", "FD", "FL", "SL", "UL", "SV", "OD")) {
      var odd = form.part().element(0x00200013, vr, new byte[] {'1', ' '}).bytes();
      same(form.file(with(form, 10, odd)), form).close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"EXPLICIT", "IMPLICIT", "BIG"})
  void anImageThatIsCountedTooShortIsWhole(Form form) throws IOException {
    var all = pixels(form, 1);
    for (var missing : List.of(1, 2, 100)) {
      var part = form.part().header(Tags.PIXELS, "OW", all.length - missing).raw(all).bytes();
      var notes =
          missing == 1
              ? new Mended[] {Mended.LENGTHS}
              : new Mended[] {Mended.LENGTHS, Mended.TRAILING};
      same(form.file(instead(form, 18, part)), form, notes).close();
    }
  }

  /// The data set is whole; the end of the stream alone is missing.
  @Test
  void aDeflatedFileWithoutItsLastBytesIsRead() throws IOException {
    var form = Form.DEFLATED;
    var whole = form.file(joined(elements(form)));
    same(Arrays.copyOf(whole, whole.length - 2), form, Mended.CUT).close();
    refused(Reason.BAD_DEFLATE, Arrays.copyOf(whole, whole.length - 100));
  }

  private static byte[] fragment(byte[] packed) {
    return Part10.explicit()
        .header(Tags.PIXELS, "OB", -1)
        .mark(Tags.ITEM, 0)
        .mark(Tags.ITEM, packed.length)
        .raw(packed)
        .mark(Tags.SEQUENCE_END, 0)
        .bytes();
  }

  private static byte[] rle() {
    var values = new int[SIDE * SIDE];
    for (var i = 0; i < values.length; i++) {
      values[i] = (i * 7) & 0xFFF;
    }
    return Rle.frame(values, 1, 2);
  }

  private static byte[] compressed(String syntax, byte[] pixels) {
    var all = elements(Form.EXPLICIT);
    all.set(18, pixels);
    return Part10.file(CLASS, SOP, syntax, joined(all));
  }

  @Test
  void fragmentsAreMended() throws IOException {
    var packed = rle();
    var rle = TransferSyntax.RLE.uid();
    var start = Part10.explicit().header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, 0).bytes();
    var open = Part10.explicit().raw(start).mark(Tags.ITEM, packed.length).raw(packed).bytes();
    var form = Form.EXPLICIT;
    same(compressed(rle, open), form, Mended.DELIMITERS).close();
    var behind = Part10.explicit().raw(open).element(0xFFFCFFFC, "OB", new byte[10]).bytes();
    same(compressed(rle, behind), form, Mended.DELIMITERS).close();
    var ended = Part10.explicit().raw(open).mark(Tags.SEQUENCE_END, -1).bytes();
    same(compressed(rle, ended), form, Mended.DELIMITERS).close();
    var bare = Part10.explicit().header(Tags.PIXELS, "OB", -1).raw(packed).bytes();
    same(compressed(rle, bare), form, Mended.DELIMITERS).close();
    var bareEnded = Part10.explicit().raw(bare).mark(Tags.SEQUENCE_END, 0).bytes();
    same(compressed(rle, bareEnded), form, Mended.DELIMITERS).close();
    var length = Part10.explicit().header(Tags.PIXELS, "OB", packed.length).raw(packed).bytes();
    same(compressed(rle, length), form, Mended.DELIMITERS).close();
    var zeros = Part10.explicit().raw(open).mark(Tags.SEQUENCE_END, 0).raw(new byte[64]).bytes();
    same(compressed(rle, zeros), form, Mended.TRAILING).close();
    var endless =
        Part10.explicit().raw(start).mark(Tags.ITEM, -1).raw(packed).mark(Tags.SEQUENCE_END, 0);
    same(compressed(rle, endless.bytes()), form, Mended.LENGTHS).close();
    var odd =
        Part10.explicit()
            .raw(start)
            .mark(Tags.ITEM, packed.length)
            .raw(packed)
            .raw(new byte[1])
            .mark(Tags.SEQUENCE_END, 0);
    same(compressed(rle, odd.bytes()), form, Mended.LENGTHS).close();
    var definite =
        Part10.explicit().header(Tags.PIXELS, "OB", 16 + packed.length).mark(Tags.ITEM, 0);
    definite.mark(Tags.ITEM, packed.length).raw(packed);
    same(compressed(rle, definite.bytes()), form, Mended.LENGTHS).close();
    var longer = Part10.explicit().raw(start).mark(Tags.ITEM, packed.length + 1000L).raw(packed);
    longer.mark(Tags.SEQUENCE_END, 0);
    same(compressed(rle, longer.bytes()), form, Mended.LENGTHS).close();
    var tableless = Part10.explicit().header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, packed.length);
    tableless.raw(packed).mark(Tags.SEQUENCE_END, 0);
    same(compressed(rle, tableless.bytes()), form, Mended.DELIMITERS).close();
  }

  @Test
  void ofCompressedFramesThoseThatAreThereAreKept() throws IOException {
    var packed = rle();
    var pixels = Part10.explicit().header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, 0);
    for (var frame = 0; frame < 3; frame++) {
      pixels.mark(Tags.ITEM, packed.length).raw(packed);
    }
    var all = elements(Form.EXPLICIT);
    all.add(12, Part10.explicit().text(Tags.FRAMES, "IS", "3").bytes());
    all.set(19, pixels.bytes());
    var whole = Part10.file(CLASS, SOP, TransferSyntax.RLE.uid(), joined(all));
    var cut = Arrays.copyOf(whole, whole.length - 10);
    try (var file = (DicomFile) DicomFile.open(Bytes.of(cut))) {
      assertThat(file.mended()).containsExactlyInAnyOrder(Mended.CUT, Mended.FRAMES);
      assertThat(file.frames()).isEqualTo(2);
      assertThat(samples(file)).hasSize(SIDE * SIDE);
      served(file);
    }
    refused(Reason.UNENDED_FRAGMENTS, Arrays.copyOf(whole, whole.length - 3 * packed.length));
  }

  @Test
  void anImageThatIsNotCompressedAsItsSyntaxSaysIsReadAsItIs() throws IOException {
    var form = Form.EXPLICIT;
    var plain = elements(form).get(18);
    same(compressed(TransferSyntax.JPEG_BASELINE.uid(), plain), form, Mended.SYNTAX).close();
    var packed = rle();
    var fragments =
        Part10.explicit()
            .header(Tags.PIXELS, "OB", -1)
            .mark(Tags.ITEM, 0)
            .mark(Tags.ITEM, packed.length)
            .raw(packed)
            .mark(Tags.SEQUENCE_END, 0)
            .bytes();
    var explicit = TransferSyntax.EXPLICIT_LITTLE.uid();
    try (var file = same(compressed(explicit, fragments), form, Mended.SYNTAX)) {
      assertThat(file.walked().syntax()).isEqualTo(TransferSyntax.RLE);
    }
    var headless = elements(form);
    headless.set(18, fragments);
    same(joined(headless), form, Mended.HEAD).close();
  }

  // Bounds

  @Test
  void whatIsTooMuchStaysTooMuch() throws IOException {
    refused(Reason.TOO_DEEP, Form.EXPLICIT.file(deep(4_000)));
    var many = new ByteArrayOutputStream();
    for (var i = 0; i < 200_001; i++) {
      many.writeBytes(Part10.explicit().text(0x00090000 + (i & 0xFFFF), "LO", "").bytes());
    }
    refused(
        Reason.TAGS_NOT_ASCENDING, Form.EXPLICIT.file(with(Form.EXPLICIT, 5, many.toByteArray())));
    var items = new byte[8 * 4_000_000];
    for (var i = 0; i < items.length; i += 8) {
      items[i] = (byte) 0xFE;
      items[i + 1] = (byte) 0xFF;
      items[i + 3] = (byte) 0xE0;
    }
    var sequence = Part10.explicit().header(0x00081140, "SQ", -1).raw(items).bytes();
    refused(Reason.TOO_MANY_ITEMS, Form.EXPLICIT.file(instead(Form.EXPLICIT, 4, sequence)));
  }

  private static byte[] deep(int depth) {
    var open = new ByteArrayOutputStream();
    open.writeBytes(Part10.explicit().text(Tags.SOP_CLASS, "UI", CLASS).bytes());
    for (var i = 0; i < depth; i++) {
      open.writeBytes(Part10.explicit().header(0x00081140, "SQ", -1).mark(Tags.ITEM, -1).bytes());
    }
    return open.toByteArray();
  }

  private static byte[] filled(int length, int value) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void oneSentenceNamesAll() {
    assertThat(Mended.sentence(List.of(Mended.TRAILING, Mended.ORDER)))
        .isEqualTo("elements were not in order; there were bytes behind the last element");
  }
}

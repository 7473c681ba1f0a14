package org.studygate.dicom.deidentify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Bytes;

/// Every row of the table, in the data set and in sequences one, two and three deep, through a
/// file and back.
final class ProfileTest {
  private static final int NEST = Tag.AnatomicRegionSequence;
  private final NewUids uids = new NewUids(new byte[32]);
  private final Profile profile = Profile.standard();

  private record Row(int tag, String code) {}

  @Test
  void theTableIsThatOfItsEdition() throws IOException {
    assertThat(rows()).hasSize(Profile.ROWS);
    assertThat(rows().stream().filter(row -> row.code().equals("X")).count()).isEqualTo(384);
    assertThat(rows().stream().filter(row -> row.code().equals("D")).count()).isEqualTo(92);
    assertThat(rows().stream().filter(row -> row.code().equals("U")).count()).isEqualTo(54);
    assertThat(rows().stream().filter(row -> row.code().equals("Z")).count()).isEqualTo(42);
  }

  @Test
  void aChoiceIsTheOneThatIsAlwaysValid() {
    assertThat(Action.of("X/Z/U*")).isEqualTo(Action.CLEAN);
    assertThat(Action.of("X/Z/D")).isEqualTo(Action.DUMMY);
    assertThat(Action.of("Z/D")).isEqualTo(Action.DUMMY);
    assertThat(Action.of("X/Z")).isEqualTo(Action.EMPTY);
  }

  @Test
  void whatTheStandardDoesNotKnowGoes() {
    for (var tag :
        List.of(
            0x00091001, 0x50000005, 0x501E3000, 0x60000010, 0x60FE3000, 0x00080000, 0x00089FFF)) {
      assertThat(profile.action(tag)).isEqualTo(Action.REMOVE);
    }
    assertThat(profile.action(Tag.Rows)).isEqualTo(Action.KEEP);
  }

  @TestFactory
  Stream<DynamicTest> everyRowActsAtEveryDepth() {
    return IntStream.rangeClosed(0, 3)
        .mapToObj(
            depth ->
                DynamicTest.dynamicTest(
                    "depth " + depth, () -> every(depth, UID.ExplicitVRLittleEndian)));
  }

  /// A file of implicit representation tells no more of a tag than the dictionary knows; what that
  /// does not know goes.
  @TestFactory
  Stream<DynamicTest> everyRowActsInEveryEncoding() {
    return Stream.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRBigEndianRetired)
        .map(syntax -> DynamicTest.dynamicTest(syntax, () -> every(2, syntax)));
  }

  /// Those of a message, of which a file has none, and that of a file's head.
  @Test
  void threeRowsAreOfNoDataSet() throws IOException {
    assertThat(rows().stream().filter(row -> row.tag() >>> 16 <= 2).map(Row::tag))
        .containsExactly(0x00001000, 0x00001001, Tag.MediaStorageSOPInstanceUID);
    var root = new Attributes();
    root.setString(Tag.SOPClassUID, VR.UI, DicomFixtures.CT_IMAGE);
    for (var uid : List.of(Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID)) {
      root.setString(uid, VR.UI, "1.2.3." + (uid & 0xFFFF));
    }
    var copy = copy(root, UID.ExplicitVRLittleEndian);
    try (var in = new DicomInputStream(new ByteArrayInputStream(copy))) {
      assertThat(in.readFileMetaInformation().getString(Tag.MediaStorageSOPInstanceUID))
          .isEqualTo(uids.of("1.2.3." + (Tag.SOPInstanceUID & 0xFFFF)));
    }
  }

  private void every(int depth, String syntax) throws Exception {
    var marks = new ArrayList<String>();
    var root = new Attributes(syntax.equals(UID.ExplicitVRBigEndianRetired));
    var holder = nested(root, depth);
    for (var row : rows()) {
      if (row.tag() >>> 16 > 2) {
        mark(holder, row, marks);
      }
    }
    root.setString(Tag.SOPClassUID, VR.UI, DicomFixtures.CT_IMAGE);
    for (var uid : List.of(Tag.SOPInstanceUID, Tag.StudyInstanceUID, Tag.SeriesInstanceUID)) {
      if (depth > 0) {
        root.setString(uid, VR.UI, "1.2.3." + (uid & 0xFFFF));
      }
    }
    var copy = copy(root, syntax);
    assertThat(Traces.of(copy, marks)).isEmpty();
    var read = read(copy);
    var items = read;
    for (var level = 0; level < depth; level++) {
      items = items.getSequence(NEST).getFirst();
    }
    for (var row : rows()) {
      if (row.tag() >>> 16 > 2) {
        held(holder(root, depth), items, row, depth, syntax.equals(UID.ImplicitVRLittleEndian));
      }
    }
    assertThat(read.getString(Tag.PatientName)).isEqualTo("Anonymous^7");
  }

  private void held(Attributes before, Attributes after, Row row, int depth, boolean implicit)
      throws IOException {
    var tag = row.tag();
    if (implicit && ElementDictionary.vrOf(tag, null) == VR.UN) {
      assertThat(after.contains(tag)).as(row + " of unknown representation").isFalse();
      return;
    }
    var name = row + " at depth " + depth;
    var empty = !after.containsValue(tag);
    switch (profile.action(tag)) {
      case REMOVE -> assertThat(after.contains(tag)).as(name).isFalse();
      case EMPTY ->
          assertThat(after.contains(tag) && (empty || (depth == 0 && replaced(tag))))
              .as(name)
              .isTrue();
      case DUMMY -> {
        assertThat(empty).as(name).isFalse();
        if (before.getVR(tag) != VR.SQ) {
          assertThat(after.getBytes(tag)).as(name).isNotEqualTo(before.getBytes(tag));
        }
      }
      case UID ->
          assertThat(after.getString(tag))
              .as(name)
              .isEqualTo(uids.of(requireNonNull(before.getString(tag))));
      case CLEAN -> assertThat(after.getSequence(tag)).as(name).hasSize(1);
      case KEEP -> throw new AssertionError(name + " has no action");
    }
  }

  private static boolean replaced(int tag) {
    return tag == Tag.PatientName || tag == Tag.PatientID;
  }

  /// A value by which its row is known again.
  private static void mark(Attributes items, Row row, List<String> marks) {
    var tag = row.tag();
    var known = ElementDictionary.vrOf(tag, null);
    var young = row.code().equals("U") ? VR.UI : VR.LO;
    var vr = known == null || known == VR.UN ? young : known;
    var word = "Müller" + Integer.toHexString(tag);
    switch (vr) {
      case SQ -> {
        var item = new Attributes(items.bigEndian());
        item.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
        item.setString(Tag.PatientComments, VR.LT, word);
        item.setString(0x00091001, VR.LO, word);
        item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, "1.2.826." + (tag >>> 1));
        items.newSequence(tag, 1).add(item);
        marks.add("1.2.826." + (tag >>> 1));
        marks.add(word);
      }
      case UI -> {
        items.setString(tag, vr, "1.2.276." + (tag >>> 1));
        marks.add("1.2.276." + (tag >>> 1));
      }
      case DA -> items.setString(tag, vr, "19581231");
      case TM -> items.setString(tag, vr, "134711");
      case DT -> items.setString(tag, vr, "19581231134711");
      case AS -> items.setString(tag, vr, "067Y");
      case DS, IS -> items.setString(tag, vr, "470815");
      case US, SS, UL, SL, FL, FD, OB, OW, OF, OD, AT ->
          items.setBytes(tag, vr, "M4711abc".getBytes(StandardCharsets.US_ASCII));
      default -> {
        items.setBytes(tag, vr, word.getBytes(StandardCharsets.UTF_8));
        marks.add(word);
      }
    }
    marks.addAll(List.of("19581231", "134711", "067Y", "470815", "M4711abc"));
  }

  private static Attributes nested(Attributes root, int depth) {
    root.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    var items = root;
    for (var level = 0; level < depth; level++) {
      var item = new Attributes(root.bigEndian());
      items.newSequence(NEST, 1).add(item);
      items = item;
    }
    return items;
  }

  private static Attributes holder(Attributes root, int depth) {
    var items = root;
    for (var level = 0; level < depth; level++) {
      items = ((Sequence) items.getValue(NEST)).getFirst();
    }
    return items;
  }

  private byte[] copy(Attributes root, String syntax) throws IOException {
    var file = new ByteArrayOutputStream();
    var dicom = new DicomOutputStream(file, UID.ExplicitVRLittleEndian);
    dicom.writeDataset(root.createFileMetaInformation(syntax), root);
    var copy = new ByteArrayOutputStream();
    assertThat(
            new Deidentifying(profile, new NoDecoder())
                .copy(Bytes.of(file.toByteArray()), copy, uids, 7))
        .isInstanceOf(Outcome.Copied.class);
    return copy.toByteArray();
  }

  private static Attributes read(byte[] file) throws IOException {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }

  private static List<Row> rows() throws IOException {
    try (var in = requireNonNull(Profile.class.getResourceAsStream("basic-profile.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(columns -> new Row(tag(columns[0]), columns[1]))
          .toList();
    }
  }

  /// Of a mask, one that it covers.
  private static int tag(String written) {
    var text = written.startsWith("(GGGG") ? "(0029,1008)" : written.replace('X', '2');
    return Integer.parseUnsignedInt(text.substring(1, 5) + text.substring(6, 10), 16);
  }
}

package org.studygate.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Preflight;
import org.studygate.dicom.guard.Refusal;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;
import org.studygate.dicom.header.DicomReader;

/// What lies in sequences is treated as what lies outside of them, however much it is.
final class SequencesTest {
  private static final int MUCH = 10 << 20;
  private static final Duration SOON = Duration.ofSeconds(60); // takes one, on a machine to itself

  private final NewUids uids = new NewUids("a bucket's key..".getBytes(StandardCharsets.US_ASCII));
  private final Deidentifying copies = new Deidentifying(Profile.standard(), new NoDecoder());

  @Test
  void tenMegabytesOfItems() throws Exception {
    var out = Part10.explicit().header(Tag.ReferencedImageSequence, "SQ", -1);
    var count = MUCH / 512;
    for (var i = 0; i < count; i++) {
      var item =
          Part10.explicit()
              .text(0x00081150, "UI", DicomFixtures.CT_IMAGE)
              .text(0x00081155, "UI", "1.2.826.5." + i)
              .text(0x00104000, "LT", "Muster " + "with what was said of it ".repeat(17))
              .bytes();
      out.mark(Tags.ITEM, item.length).raw(item);
    }
    out.mark(Tags.SEQUENCE_END, 0);
    var copy = Assertions.assertTimeout(SOON, () -> copied(with(out.bytes()), Optional.empty()));
    assertThat(Traces.of(copy, List.of("Muster", "said of", "1.2.826.5."))).isEmpty();
    var kept = read(copy).getSequence(Tag.ReferencedImageSequence);
    assertThat(kept).hasSize(count);
    assertThat(kept.getLast().getString(Tag.ReferencedSOPInstanceUID))
        .isEqualTo(uids.of("1.2.826.5." + (count - 1)));
  }

  @Test
  void tenMegabytesOfTheContentsOfOneItem() throws Exception {
    var comment = "Erika Muster, born 1967. ".repeat(2_500); // nearly 64 kB, as much as LT can have
    var group = Part10.explicit();
    var deep = Part10.explicit();
    for (var i = 0; i < MUCH / comment.length() + 1; i++) {
      deep.mark(Tags.ITEM, -1)
          .raw(
              Part10.explicit()
                  .text(0x00080100, "SH", "T-" + i)
                  .text(0x00080104, "LO", "Thorax")
                  .text(0x00104000, "LT", comment)
                  .bytes())
          .mark(Tags.ITEM_END, 0);
    }
    group
        .header(Tag.AnatomicRegionSequence, "SQ", -1)
        .mark(Tags.ITEM, -1)
        .header(Tag.AnatomicRegionModifierSequence, "SQ", -1)
        .raw(deep.bytes())
        .mark(Tags.SEQUENCE_END, 0)
        .mark(Tags.ITEM_END, 0)
        .mark(Tags.SEQUENCE_END, 0);
    var copy = Assertions.assertTimeout(SOON, () -> copied(with(group.bytes()), Optional.empty()));
    assertThat(Traces.of(copy, List.of("Muster", "born 1967"))).isEmpty();
    var kept =
        read(copy)
            .getSequence(Tag.AnatomicRegionSequence)
            .getFirst()
            .getSequence(Tag.AnatomicRegionModifierSequence);
    assertThat(kept).hasSize(MUCH / comment.length() + 1);
    assertThat(kept.getLast().getString(Tag.CodeMeaning)).isEqualTo("Thorax");
    assertThat(copy).hasSizeLessThan(64 << 10);
  }

  private static byte[] with(byte[] sequence) {
    var out =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4.5")
            .text(0x00080060, "CS", "CT")
            .raw(sequence);
    out.text(0x0020000D, "UI", "1.2.3")
        .text(0x0020000E, "UI", "1.2.3.4")
        .number16(0x00280002, "US", 1)
        .text(0x00280004, "CS", "MONOCHROME2")
        .number16(0x00280010, "US", 2)
        .number16(0x00280011, "US", 2)
        .number16(0x00280100, "US", 16)
        .number16(0x00280101, "US", 16)
        .number16(0x00280102, "US", 15)
        .number16(0x00280103, "US", 0)
        .element(Tags.PIXELS, "OW", new byte[8]);
    return Part10.file(
        DicomFixtures.CT_IMAGE, "1.2.3.4.5", TransferSyntax.EXPLICIT_LITTLE.uid(), out.bytes());
  }

  @Test
  void functionalGroupsKeepWhatAFrameIsAndLoseWhoItIs() throws Exception {
    var copy = copied(Enhanced.file(), Optional.empty());
    var header = new String(copy, 0, copy.length - 2_048, StandardCharsets.ISO_8859_1);
    assertThat(header).doesNotContain("Muster", "Erika", "4711", "20260105", "1.2.826.0.1.7");
    var groups = read(copy).getSequence(Tag.PerFrameFunctionalGroupsSequence);
    assertThat(groups).hasSize(Enhanced.FRAMES);
    for (var frame = 0; frame < Enhanced.FRAMES; frame++) {
      var group = groups.get(frame);
      assertThat(
              group
                  .getNestedDataset(Tag.ReferencedImageSequence)
                  .getString(Tag.ReferencedSOPInstanceUID))
          .isEqualTo(uids.of(Enhanced.SOURCE));
      var content = group.getNestedDataset(Tag.FrameContentSequence);
      assertThat(content.getInt(Tag.InStackPositionNumber, 0)).isEqualTo(frame + 1);
      assertThat(content.contains(Tag.FrameComments)).isFalse();
      assertThat(
              group.getNestedDataset(Tag.PlanePositionSequence)
                  .getDoubles(Tag.ImagePositionPatient)[2])
          .isEqualTo(3.0 * frame);
      assertThat(group.getNestedDataset(Tag.FrameVOILUTSequence).getString(Tag.WindowCenter))
          .isEqualTo(Integer.toString(1000 * frame));
    }
  }

  @Test
  void everyFrameIsMaskedByItsOwnGroup() throws Exception {
    var mask = new Mask(List.of(new Mask.Region(0, 0, 16, 12)));
    var copy = copied(Enhanced.file(), Optional.of(mask));
    assertThat(read(copy).getSequence(Tag.PerFrameFunctionalGroupsSequence))
        .hasSize(Enhanced.FRAMES);
    try (var file = (DicomFile) DicomFile.open(Bytes.of(copy));
        var before = (DicomFile) DicomFile.open(Bytes.of(Enhanced.file()))) {
      assertThat(file.frames()).isEqualTo(Enhanced.FRAMES);
      for (var frame = 0; frame < Enhanced.FRAMES; frame++) {
        var samples = ((Frame) file.decode(frame, new NoDecoder())).samples();
        var were = ((Frame) before.decode(frame, new NoDecoder())).samples();
        for (var i = 0; i < samples.length; i++) {
          assertThat(samples[i]).isEqualTo(i < 16 * 12 ? 0 : were[i]);
        }
      }
    }
  }

  private byte[] copied(byte[] file, Optional<Mask> mask) throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(copies.copy(Bytes.of(file), out, uids, 7, mask)).isInstanceOf(Outcome.Copied.class);
    return out.toByteArray();
  }

  private static Attributes read(byte[] file) throws IOException, Refusal {
    try (var passed = Preflight.pass(Bytes.of(file), Bounds.STANDARD)) {
      return DicomReader.whole(passed);
    }
  }
}

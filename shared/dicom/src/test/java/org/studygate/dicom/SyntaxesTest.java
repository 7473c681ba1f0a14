package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.studygate.dicom.draw.Picture;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;

/// Made files of each syntax that we write ourselves, decoded to exactly what went in.
final class SyntaxesTest {
  /// All but those that others decode, which `RealFilesTest` holds, and those that nobody does.
  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      mode = EnumSource.Mode.MATCH_NONE,
      names = "(JPEG|MPEG|HEVC|HTJ2K).*")
  void everyFrameComesBackAsItWentIn(TransferSyntax syntax) throws IOException {
    for (var colour : new boolean[] {false, true}) {
      var made = DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1").syntax(syntax).frames(3);
      made = colour ? made.colour() : made;
      try (var file = (DicomFile) DicomFile.open(Bytes.of(made.bytes()))) {
        assertThat(file.frames()).isEqualTo(3);
        for (var frame = 0; frame < 3; frame++) {
          var decoded = (Frame) file.decode(frame, new NoDecoder());
          assertThat(decoded.samples()).as(syntax + " " + frame).isEqualTo(made.samples(frame));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TransferSyntax.class,
      names = {"EXPLICIT_LITTLE", "RLE", "DEFLATED"})
  void picturesAreDrawnInTheSizesOfTheModality(TransferSyntax syntax) throws IOException {
    var made = DicomFixtures.image("1.2.3", "1.2.3.1", "1.2.3.1.1").syntax(syntax).size(300, 200);
    try (var file = (DicomFile) DicomFile.open(Bytes.of(made.bytes()))) {
      var drawn = (Rendered.Pictures) Previews.render(file, 0, List.of(128, 512), new NoDecoder());
      assertThat(drawn.pictures()).extracting(Picture::size).containsExactly(128, 512);
      for (var picture : drawn.pictures()) {
        assertThat(picture.jpeg()).startsWith((byte) 0xff, (byte) 0xd8).hasSizeLessThan(200_000);
        assertThat((double) picture.columns() / picture.rows()).isBetween(1.45, 1.55);
      }
    }
  }
}

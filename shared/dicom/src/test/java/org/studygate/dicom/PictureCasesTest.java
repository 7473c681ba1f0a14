package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;

/// Files that other products refused or drew wrong, made small: what is drawn of each must look as
/// its `right.png` does, its frames as `right-1.png` and so on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PictureCasesTest {
  private static final double GRAY = 7;
  private static final double COLOUR = 9;

  private final Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());

  @AfterAll
  void endTheDecoder() throws IOException {
    decoder.close();
  }

  @TestFactory
  Stream<DynamicTest> looksRight() throws IOException {
    return CaseFiles.each("sp", this::check);
  }

  private void check(Path folder) throws IOException {
    try (var bytes = Bytes.of(folder.resolve("f.dcm"))) {
      var opened = DicomFile.open(bytes);
      assertThat(opened).as("%s", opened).isInstanceOf(DicomFile.class);
      try (var file = (DicomFile) opened) {
        if (Files.exists(folder.resolve("right.png"))) {
          compare(file, 0, folder.resolve("right.png"));
        }
        for (var frame = 1; Files.exists(folder.resolve("right-" + frame + ".png")); frame++) {
          assertThat(file.frames()).isGreaterThanOrEqualTo(frame);
          compare(file, frame - 1, folder.resolve("right-" + frame + ".png"));
        }
      }
    }
  }

  private void compare(DicomFile file, int frame, Path right) throws IOException {
    var rendered = Previews.render(file, frame, List.of(512), decoder);
    assertThat(rendered).as("%s", rendered).isInstanceOf(Rendered.Pictures.class);
    var picture = ((Rendered.Pictures) rendered).pictures().getFirst();
    var ours = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
    var theirs = ImageIO.read(right.toFile());
    assertThat(List.of(ours.getWidth(), ours.getHeight()))
        .isEqualTo(List.of(theirs.getWidth(), theirs.getHeight()));
    assertThat(difference(ours, theirs))
        .as("mean difference")
        .isLessThan(colour(theirs) ? COLOUR : GRAY);
  }

  private static boolean colour(BufferedImage image) {
    return image.getColorModel().getNumColorComponents() > 1;
  }

  private static double difference(BufferedImage ours, BufferedImage theirs) {
    var sum = 0L;
    for (var y = 0; y < ours.getHeight(); y++) {
      for (var x = 0; x < ours.getWidth(); x++) {
        var a = ours.getRGB(x, y);
        var b = theirs.getRGB(x, y);
        for (var shift = 0; shift < 24; shift += 8) {
          sum += Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF));
        }
      }
    }
    return sum / (3.0 * ours.getWidth() * ours.getHeight());
  }
}

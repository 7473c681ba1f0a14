package org.studygate.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MadeMrTest {
  /// Bright at the patient's left, in front and above: nothing that is turned looks the same.
  private static final double LEFT = -40;

  private static final double FRONT = 30;
  private static final double UP = 37;

  private static final Offset<Double> MILLIMETRE = Offset.offset(1.0);

  private static MadeMr of(Volume head) {
    return new MadeMr(
        head, "1.2.3", "P", "Wouters^Bart", "19620417", "M", "A", "20261125", "MR", "made");
  }

  private static MadeMr spot() {
    return of((x, y, z) -> Math.hypot(Math.hypot(x - LEFT, y - FRONT), z - UP) < 5 ? 255 : 0);
  }

  @Test
  void whatIsLeftInFrontAndAboveLiesThereByThePositionsOfBothSeries() throws IOException {
    // DICOM's x grows to the left of the patient, its y to the back
    assertThat(brightest(spot().axial(33))).containsExactly(new double[] {40, -30, 37}, MILLIMETRE);
    assertThat(brightest(spot().sagittal(27)))
        .containsExactly(new double[] {40, -30, 37}, MILLIMETRE);
  }

  @Test
  void aTemplateIsReadBetweenItsVoxels(@TempDir Path folder) throws IOException {
    var file = ByteBuffer.allocate(352 + 2 * 2 * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 348).putShort(42, (short) 2).putShort(44, (short) 2).putShort(46, (short) 2);
    file.putShort(70, (short) 2).putFloat(108, 352).putShort(254, (short) 2);
    file.putFloat(280, 2).putFloat(292, -10).putFloat(300, 2).putFloat(308, -20);
    file.putFloat(320, 2).putFloat(324, -30);
    file.put(352, new byte[] {0, 100, 0, 100, (byte) 200, (byte) 200, (byte) 200, (byte) 200});
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(file.array());
    }
    var path = Files.write(folder.resolve("t1.nii.gz"), packed.toByteArray());

    var head = Nifti.read(path);

    assertThat(head.at(-9, -19, -30)).isEqualTo(50);
    assertThat(head.at(-9, -19, -29)).isEqualTo(125);
    assertThat(head.at(-11, -19, -29)).as("outside").isZero();
  }

  @Test
  void theHeadThatEverybodyCanDrawHasASkullAndIsDarkAround() {
    var head = Volume.phantom();
    assertThat(head.at(0, 71, 8)).isEqualTo(160);
    assertThat(head.at(0, -50, 8)).isEqualTo(50);
    assertThat(head.at(90, 90, 8)).isZero();
  }

  /// Where the middle of what is bright lies, by what the file says of itself.
  private static double[] brightest(byte[] file) throws IOException {
    var picture = read(file);
    var corner = picture.getDoubles(Tag.ImagePositionPatient);
    var ways = picture.getDoubles(Tag.ImageOrientationPatient);
    var spacing = picture.getDoubles(Tag.PixelSpacing);
    var columns = picture.getInt(Tag.Columns, 0);
    var pixels = ByteBuffer.wrap(picture.getBytes(Tag.PixelData)).order(ByteOrder.LITTLE_ENDIAN);
    var place = new double[3];
    var count = 0;
    for (var i = 0; i < pixels.capacity() / 2; i++) {
      if (pixels.getShort(2 * i) > 500) {
        count++;
        var row = i / columns;
        var column = i % columns;
        for (var axis = 0; axis < 3; axis++) {
          place[axis] +=
              corner[axis] + ways[axis] * spacing[1] * column + ways[3 + axis] * spacing[0] * row;
        }
      }
    }
    assertThat(count).isPositive();
    return new double[] {place[0] / count, place[1] / count, place[2] / count};
  }

  private static Attributes read(byte[] file) throws IOException {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }
}

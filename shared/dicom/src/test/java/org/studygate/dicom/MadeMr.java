package org.studygate.dicom;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// An MR of a head, T1 in three dimensions: an axial series, and a sagittal one made of it. What is
/// in the head comes from a [Volume], the noise from the instance's number.
///
/// @param studyUid the series and instances have UIDs below it
/// @param name as in DICOM, `Family^Given`, in UTF-8
/// @param birthDate `YYYYMMDD`, as is `date`
/// @param remark where the picture comes from, for whoever reads the header
public record MadeMr(
    Volume head,
    String studyUid,
    String patientId,
    String name,
    String birthDate,
    String sex,
    String accession,
    String date,
    String description,
    String remark) {
  public static final int AXIAL = 49;
  public static final int SAGITTAL = 35;
  private static final String MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4";
  private static final int SIDE = 256;
  private static final double SPACING = 0.9;
  private static final double FIELD = SIDE * SPACING;

  /// The middle of a head in MNI space, to the front and up.
  private static final double FRONT = -17;

  private static final double UP = 8;

  /// @param number from 0, the axial ones first
  public byte[] instance(int number) {
    return number < AXIAL ? axial(number) : sagittal(number - AXIAL);
  }

  public int instances() {
    return AXIAL + SAGITTAL;
  }

  /// @param slice from 0, the lowest
  byte[] axial(int slice) {
    var z = -62 + 3.0 * slice;
    var pixels =
        pixels(slice, (across, down) -> head.at(-across, FRONT - down, z)); // right is at the left
    var corner = -FIELD / 2 + SPACING / 2;
    var position = corner + "\\" + (corner - FRONT) + "\\" + z;
    return file(1, slice + 1, "T1 3D axial", position, "1\\0\\0\\0\\1\\0", z, 3, pixels);
  }

  /// @param slice from 0, the one that is the farthest to the right
  byte[] sagittal(int slice) {
    var left = -68 + 4.0 * slice;
    var pixels = pixels(1000 + slice, (across, down) -> head.at(-left, FRONT - across, UP - down));
    var corner = -FIELD / 2 + SPACING / 2;
    var position = left + "\\" + (corner - FRONT) + "\\" + (UP - corner);
    return file(2, slice + 1, "T1 3D sagittal", position, "0\\1\\0\\0\\0\\-1", left, 4, pixels);
  }

  private byte[] pixels(int number, Plane plane) {
    var noise = new SplittableRandom(number);
    var bytes = new byte[SIDE * SIDE * 2];
    for (var row = 0; row < SIDE; row++) {
      for (var column = 0; column < SIDE; column++) {
        var signal =
            4 * plane.at((column - SIDE / 2 + 0.5) * SPACING, (row - SIDE / 2 + 0.5) * SPACING);
        // as a receiver has it: two channels with noise, and how long the arrow is
        var real = signal + 10 * noise.nextGaussian();
        var stored = (int) Math.hypot(real, 10 * noise.nextGaussian());
        var at = 2 * (row * SIDE + column);
        bytes[at] = (byte) stored;
        bytes[at + 1] = (byte) (stored >> 8);
      }
    }
    return bytes;
  }

  /// From the middle, to the right and down as one looks at the picture.
  @FunctionalInterface
  private interface Plane {
    double at(double across, double down);
  }

  private byte[] file(
      int series,
      int number,
      String title,
      String position,
      String orientation,
      double location,
      double thickness,
      byte[] pixels) {
    var sop = studyUid + "." + series + "." + number;
    var axial = series == 1;
    var out = Part10.explicit();
    text(out, 0x00080005, "CS", "ISO_IR 192");
    text(out, 0x00080008, "CS", axial ? "ORIGINAL\\PRIMARY\\M\\NORM" : "DERIVED\\SECONDARY\\MPR");
    text(out, 0x00080016, "UI", MR_IMAGE);
    text(out, 0x00080018, "UI", sop);
    text(out, 0x00080020, "DA", date);
    text(out, 0x00080021, "DA", date);
    text(out, 0x00080023, "DA", date);
    text(out, 0x00080030, "TM", "141200");
    text(out, 0x00080031, "TM", axial ? "142130" : "143005");
    text(out, 0x00080033, "TM", axial ? "142130" : "143005");
    text(out, 0x00080050, "SH", accession);
    text(out, 0x00080060, "CS", "MR");
    text(out, 0x00080070, "LO", "Studygate");
    text(out, 0x00080090, "PN", "");
    text(out, 0x00081030, "LO", description);
    text(out, 0x0008103E, "LO", title);
    text(out, 0x00100010, "PN", name);
    text(out, 0x00100020, "LO", patientId);
    text(out, 0x00100030, "DA", birthDate);
    text(out, 0x00100040, "CS", sex);
    text(out, 0x00180015, "CS", "HEAD");
    text(out, 0x00180020, "CS", "GR");
    text(out, 0x00180021, "CS", "MP");
    text(out, 0x00180022, "CS", "");
    text(out, 0x00180023, "CS", "3D");
    text(out, 0x00180050, "DS", Double.toString(thickness));
    text(out, 0x00180080, "DS", "2300");
    text(out, 0x00180081, "DS", "2.98");
    text(out, 0x00180082, "DS", "900");
    text(out, 0x00180087, "DS", "3");
    text(out, 0x00180088, "DS", Double.toString(thickness));
    text(out, 0x00180091, "IS", "1");
    text(out, 0x00181314, "DS", "9");
    text(out, 0x00185100, "CS", "HFS");
    text(out, 0x0020000D, "UI", studyUid);
    text(out, 0x0020000E, "UI", studyUid + "." + series);
    text(out, 0x00200010, "SH", "1");
    text(out, 0x00200011, "IS", Integer.toString(series));
    text(out, 0x00200013, "IS", Integer.toString(number));
    text(out, 0x00200032, "DS", position);
    text(out, 0x00200037, "DS", orientation);
    text(out, 0x00200052, "UI", studyUid + ".3");
    text(out, 0x00201040, "LO", "");
    text(out, 0x00201041, "DS", Double.toString(location));
    text(out, 0x00204000, "LT", remark);
    out.number16(0x00280002, "US", 1);
    text(out, 0x00280004, "CS", "MONOCHROME2");
    out.number16(0x00280010, "US", SIDE);
    out.number16(0x00280011, "US", SIDE);
    text(out, 0x00280030, "DS", SPACING + "\\" + SPACING);
    out.number16(0x00280100, "US", 16);
    out.number16(0x00280101, "US", 12);
    out.number16(0x00280102, "US", 11);
    out.number16(0x00280103, "US", 0);
    text(out, 0x00281050, "DS", "590");
    text(out, 0x00281051, "DS", "740");
    text(out, 0x00281052, "DS", "0");
    text(out, 0x00281053, "DS", "1");
    text(out, 0x00281054, "LO", "US");
    out.element(Tags.PIXELS, "OW", pixels);
    return Part10.file(MR_IMAGE, sop, TransferSyntax.EXPLICIT_LITTLE.uid(), out.bytes());
  }

  private static void text(Part10 out, int tag, String vr, String value) {
    out.element(tag, vr, value.getBytes(StandardCharsets.UTF_8));
  }
}

package org.studygate.dicom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.SplittableRandom;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// A made CT of a chest: 512 x 512 pixels of 12 bits, two windows, a name with umlauts. Everything
/// comes from the seed, the noise as well, so the same call gives the same bytes on every machine.
/// Nobody was ever in front of this scanner.
///
/// @param name as in DICOM, `Family^Given`
/// @param birthDate `YYYYMMDD`
/// @param slices how many there are, from the diaphragm up
public record MadeCt(
    long seed,
    String patientId,
    String name,
    String birthDate,
    String sex,
    String accession,
    int slices) {
  private static final int SIDE = 512;
  private static final double SPACING = 0.74;
  private static final double THICKNESS = 1.0;

  /// What the demo uses: 300 slices of Käthe Müller-Lüdenscheidt.
  public static MadeCt demo(long seed) {
    return new MadeCt(seed, "P-300", "Müller-Lüdenscheidt^Käthe", "19580312", "F", "ACC-300", 300);
  }

  public String studyUid() {
    return uid(0);
  }

  public String seriesUid() {
    return uid(1);
  }

  /// @param slice from 0
  public String sopUid(int slice) {
    return uid(2 + slice);
  }

  /// The DICOM file of a slice.
  ///
  /// @param slice from 0 to `slices - 1`
  public byte[] slice(int slice) {
    var out = Part10.explicit();
    text(out, 0x00080005, "CS", "ISO_IR 192");
    text(out, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    text(out, 0x00080016, "UI", DicomFixtures.CT_IMAGE);
    text(out, 0x00080018, "UI", sopUid(slice));
    text(out, 0x00080020, "DA", "20260105");
    text(out, 0x00080021, "DA", "20260105");
    text(out, 0x00080022, "DA", "20260105");
    text(out, 0x00080023, "DA", "20260105");
    text(out, 0x00080030, "TM", "101500");
    text(out, 0x00080031, "TM", "101720");
    text(out, 0x00080032, "TM", "101720");
    text(out, 0x00080033, "TM", "101720");
    text(out, 0x00080050, "SH", accession);
    text(out, 0x00080060, "CS", "CT");
    text(out, 0x00080070, "LO", "Phantom");
    text(out, 0x00080080, "LO", "Städtisches Klinikum");
    text(out, 0x00080090, "PN", "Größ^Jürgen");
    text(out, 0x00081030, "LO", "CT Thorax");
    text(out, 0x0008103E, "LO", "Thorax 1 mm axial");
    text(out, 0x00100010, "PN", name);
    text(out, 0x00100020, "LO", patientId);
    text(out, 0x00100030, "DA", birthDate);
    text(out, 0x00100040, "CS", sex);
    text(out, 0x00180015, "CS", "CHEST");
    text(out, 0x00180050, "DS", Double.toString(THICKNESS));
    text(out, 0x00180060, "DS", "120");
    text(out, 0x00185100, "CS", "HFS");
    text(out, 0x0020000D, "UI", studyUid());
    text(out, 0x0020000E, "UI", seriesUid());
    text(out, 0x00200010, "SH", "1");
    text(out, 0x00200011, "IS", "2");
    text(out, 0x00200012, "IS", "1");
    text(out, 0x00200013, "IS", Integer.toString(slice + 1));
    var corner = -SIDE * SPACING / 2;
    text(out, 0x00200032, "DS", corner + "\\" + corner + "\\" + slice * THICKNESS);
    text(out, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    text(out, 0x00200052, "UI", uid(1_000_000));
    text(out, 0x00201040, "LO", "");
    text(out, 0x00201041, "DS", Double.toString(slice * THICKNESS));
    text(out, 0x00201208, "IS", Integer.toString(slices));
    out.number16(0x00280002, "US", 1);
    text(out, 0x00280004, "CS", "MONOCHROME2");
    out.number16(0x00280010, "US", SIDE);
    out.number16(0x00280011, "US", SIDE);
    text(out, 0x00280030, "DS", SPACING + "\\" + SPACING);
    out.number16(0x00280100, "US", 16);
    out.number16(0x00280101, "US", 12);
    out.number16(0x00280102, "US", 11);
    out.number16(0x00280103, "US", 0);
    text(out, 0x00280301, "CS", "NO");
    text(out, 0x00281050, "DS", "40\\-600");
    text(out, 0x00281051, "DS", "400\\1500");
    text(out, 0x00281052, "DS", "-1024");
    text(out, 0x00281053, "DS", "1");
    text(out, 0x00281054, "LO", "HU");
    text(out, 0x00281055, "LO", "MEDIASTINUM\\LUNG");
    out.element(Tags.PIXELS, "OW", pixels(slice));
    return Part10.file(
        DicomFixtures.CT_IMAGE, sopUid(slice), TransferSyntax.EXPLICIT_LITTLE.uid(), out.bytes());
  }

  private static void text(Part10 out, int tag, String vr, String value) {
    out.element(tag, vr, value.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] pixels(int slice) {
    var height = 300.0 * slice / Math.max(1, slices - 1);
    var hu = Chest.slice(height, seed);
    var grain = grain(new SplittableRandom(seed * 31 + slice));
    var strength = height > 245 ? 1 + (height - 245) / 60 : 1; // shoulders let less through
    var bytes = new byte[SIDE * SIDE * 2];
    for (var i = 0; i < hu.length; i++) {
      var noise = grain[i] * (hu[i] < -980 ? 0.5 : strength);
      var stored = (int) Math.clamp(Math.round(hu[i] + noise + 1024), 0L, 4095L);
      bytes[2 * i] = (byte) stored;
      bytes[2 * i + 1] = (byte) (stored >> 8);
    }
    return bytes;
  }

  /// Noise as a scanner's filter leaves it: neighbours are alike.
  private static float[] grain(SplittableRandom random) {
    var wide = SIDE + 2;
    var raw = new float[wide * wide];
    for (var i = 0; i < raw.length; i++) {
      var bits = random.nextLong(); // four draws in one are near enough to a bell curve
      raw[i] =
          ((bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48))
                  * 0x1p-16f
              - 2;
    }
    var grain = new float[SIDE * SIDE];
    for (var y = 0; y < SIDE; y++) {
      for (var x = 0; x < SIDE; x++) {
        var at = (y + 1) * wide + x + 1;
        grain[y * SIDE + x] =
            17 * raw[at]
                + 9 * (raw[at - 1] + raw[at + 1] + raw[at - wide] + raw[at + wide])
                + 4
                    * (raw[at - wide - 1]
                        + raw[at - wide + 1]
                        + raw[at + wide - 1]
                        + raw[at + wide + 1]);
      }
    }
    return grain;
  }

  /// `2.25.` and 120 bits of the seed: no two seeds share a UID.
  private String uid(int number) {
    var random = new Random(seed * 1_000_003 + number);
    var bits = new byte[15];
    random.nextBytes(bits);
    return "2.25." + new BigInteger(1, bits).setBit(119);
  }
}

package org.studygate.dicom;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// Small, valid DICOM files, made to order: `DicomFixtures.image(study, series,
/// sop).patient(...).bytes()`. Not shared between threads. Also for the tests of other modules.
public final class DicomFixtures {
  public static final String CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
  public static final String ULTRASOUND_CINE = "1.2.840.10008.5.1.4.1.1.3.1";
  public static final String ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1";

  private final String study;
  private final String series;
  private final String sop;
  private String sopClass = CT_IMAGE;
  private String patientId = "P-1";
  private String name = "Muster^Erika";
  private String birthDate = "19670401";
  private String sex = "F";
  private String accession = "A-1";
  private String modality = "CT";
  private String charset = "ISO_IR 100";
  private String studyDescription = "Thorax";
  private String seriesDescription = "Axial";
  private int instanceNumber = 1;
  private int seriesNumber = 1;
  private int expected;
  private int frames = 1;
  private int rows = 16;
  private int columns = 24;
  private boolean colour;
  private TransferSyntax syntax = TransferSyntax.EXPLICIT_LITTLE;
  private byte[] document = {};
  private long seed = 1;

  private DicomFixtures(String study, String series, String sop) {
    this.study = study;
    this.series = series;
    this.sop = sop;
  }

  /// A gray 12-bit image of 24 columns and 16 rows.
  public static DicomFixtures image(String studyUid, String seriesUid, String sopUid) {
    return new DicomFixtures(studyUid, seriesUid, sopUid);
  }

  /// One frame of JPEG 2000 with four damaged bytes in a packet header: its decoder turns in
  /// circles for ever (jai-imageio/jai-imageio-jpeg2000/issues/7).
  public static byte[] spinningJpeg2000() throws IOException {
    var stream = requireNonNull(DicomFixtures.class.getResourceAsStream("jpeg2000-spins.dcm"));
    try (stream) {
      return stream.readAllBytes();
    }
  }

  /// An Encapsulated PDF object.
  public static DicomFixtures pdf(String studyUid, String seriesUid, String sopUid, byte[] pdf) {
    var fixture = new DicomFixtures(studyUid, seriesUid, sopUid);
    fixture.sopClass = ENCAPSULATED_PDF;
    fixture.modality = "DOC";
    fixture.document = pdf.clone();
    return fixture;
  }

  /// The first frames of a film whose frames are one fragment each.
  public static byte[] firstFrames(byte[] file, int count) throws IOException {
    var out = new ByteArrayOutputStream(file.length);
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      var meta = in.readFileMetaInformation();
      var dataset = in.readDataset(-1, -1);
      var all = (Fragments) dataset.getValue(Tag.PixelData);
      if (all.size() != dataset.getInt(Tag.NumberOfFrames, 1) + 1) {
        throw new IOException("a frame of this film is more than a fragment");
      }
      var few = dataset.newFragments(Tag.PixelData, VR.OB, count + 1);
      few.add(new byte[0]); // no offsets: a fragment is a frame
      few.addAll(all.subList(1, count + 1));
      dataset.setInt(Tag.NumberOfFrames, VR.IS, count);
      try (var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
        dicom.writeDataset(meta, dataset);
      }
    }
    return out.toByteArray();
  }

  /// A file of somebody else's, as the PACS of a hospital would have it of this patient.
  ///
  /// @param patientName in ASCII, for the file keeps its character set
  public static byte[] relabelled(
      byte[] file,
      String id,
      String patientName,
      String dateOfBirth,
      String accession,
      String studyUid,
      String date)
      throws IOException {
    var out = new ByteArrayOutputStream(file.length + 128);
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      var meta = in.readFileMetaInformation();
      var dataset = in.readDataset(-1, -1);
      dataset.setString(Tag.PatientID, VR.LO, id);
      dataset.setString(Tag.PatientName, VR.PN, patientName);
      dataset.setString(Tag.PatientBirthDate, VR.DA, dateOfBirth);
      dataset.setString(Tag.AccessionNumber, VR.SH, accession);
      dataset.setString(Tag.StudyInstanceUID, VR.UI, studyUid);
      dataset.setString(Tag.StudyDate, VR.DA, date);
      try (var dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
        dicom.writeDataset(meta, dataset);
      }
    }
    return out.toByteArray();
  }

  /// @param patientName as in DICOM, `Family^Given`
  /// @param dateOfBirth `YYYYMMDD`
  public DicomFixtures patient(String id, String patientName, String dateOfBirth) {
    patientId = id;
    name = patientName;
    birthDate = dateOfBirth;
    return this;
  }

  public DicomFixtures sex(String value) {
    sex = value;
    return this;
  }

  public DicomFixtures accession(String value) {
    accession = value;
    return this;
  }

  public DicomFixtures modality(String value) {
    modality = value;
    return this;
  }

  public DicomFixtures descriptions(String ofStudy, String ofSeries) {
    studyDescription = ofStudy;
    seriesDescription = ofSeries;
    return this;
  }

  public DicomFixtures numbers(int ofSeries, int ofInstance) {
    seriesNumber = ofSeries;
    instanceNumber = ofInstance;
    return this;
  }

  /// What (0020,1208) says the study holds.
  public DicomFixtures expectedInstances(int count) {
    expected = count;
    return this;
  }

  public DicomFixtures frames(int count) {
    frames = count;
    if (count > 1) {
      sopClass = ULTRASOUND_CINE;
    }
    return this;
  }

  public DicomFixtures size(int newColumns, int newRows) {
    columns = newColumns;
    rows = newRows;
    return this;
  }

  /// RGB of 8 bits instead of gray of 12.
  public DicomFixtures colour() {
    colour = true;
    return this;
  }

  /// A defined term of (0008,0005); text is written in it.
  public DicomFixtures charset(String term) {
    charset = term;
    return this;
  }

  /// One whose frames are not compressed, or deflated, or RLE.
  public DicomFixtures syntax(TransferSyntax value) {
    syntax = value;
    return this;
  }

  /// Other pixels under the same UIDs.
  public DicomFixtures seed(long value) {
    seed = value;
    return this;
  }

  public byte[] bytes() {
    var dataset = dataset();
    return Part10.file(
        sopClass,
        sop,
        syntax.uid(),
        syntax == TransferSyntax.DEFLATED ? deflated(dataset) : dataset);
  }

  private byte[] dataset() {
    var out = part();
    text(out, 0x00080005, "CS", charset);
    text(out, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    text(out, 0x00080016, "UI", sopClass);
    text(out, 0x00080018, "UI", sop);
    text(out, 0x00080020, "DA", "20260105");
    text(out, 0x00080030, "TM", "101500");
    text(out, 0x00080050, "SH", accession);
    text(out, 0x00080060, "CS", modality);
    text(out, 0x00081030, "LO", studyDescription);
    text(out, 0x0008103E, "LO", seriesDescription);
    text(out, 0x00100010, "PN", name);
    text(out, 0x00100020, "LO", patientId);
    text(out, 0x00100030, "DA", birthDate);
    text(out, 0x00100040, "CS", sex);
    text(out, 0x00180015, "CS", "CHEST");
    if (frames > 1) {
      text(out, 0x00181063, "DS", "40");
    }
    text(out, 0x0020000D, "UI", study);
    text(out, 0x0020000E, "UI", series);
    text(out, 0x00200011, "IS", Integer.toString(seriesNumber));
    text(out, 0x00200013, "IS", Integer.toString(instanceNumber));
    text(out, 0x00200032, "DS", "0\\0\\" + instanceNumber);
    text(out, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    if (expected > 0) {
      text(out, 0x00201208, "IS", Integer.toString(expected));
    }
    if (document.length > 0) {
      text(out, 0x00420010, "ST", "Befund");
      text(out, 0x00420012, "LO", "application/pdf");
      return withDocument(out);
    }
    image(out);
    return out.bytes();
  }

  private byte[] withDocument(Part10 out) {
    // (0042,0011) stands between title and type
    var plain = part();
    var bytes = out.bytes();
    var type = part();
    text(type, 0x00420012, "LO", "application/pdf");
    var tail = type.bytes();
    plain.raw(java.util.Arrays.copyOf(bytes, bytes.length - tail.length));
    plain.element(0x00420011, "OB", document);
    plain.raw(tail);
    plain.number32(0x00420015, "UL", document.length);
    return plain.bytes();
  }

  private void image(Part10 out) {
    out.number16(0x00280002, "US", colour ? 3 : 1);
    text(out, 0x00280004, "CS", colour ? "RGB" : "MONOCHROME2");
    if (colour) {
      out.number16(0x00280006, "US", 0);
    }
    if (frames > 1) {
      text(out, 0x00280008, "IS", Integer.toString(frames));
    }
    out.number16(0x00280010, "US", rows);
    out.number16(0x00280011, "US", columns);
    text(out, 0x00280030, "DS", "0.7\\0.7");
    out.number16(0x00280100, "US", colour ? 8 : 16);
    out.number16(0x00280101, "US", colour ? 8 : 12);
    out.number16(0x00280102, "US", colour ? 7 : 11);
    out.number16(0x00280103, "US", 0);
    text(out, 0x00280301, "CS", "NO");
    if (!colour) {
      text(out, 0x00281050, "DS", "40\\-600");
      text(out, 0x00281051, "DS", "400\\1500");
      text(out, 0x00281052, "DS", "-1024");
      text(out, 0x00281053, "DS", "1");
      text(out, 0x00281055, "LO", "SOFT\\LUNG");
    }
    if (syntax.encapsulated()) {
      out.header(Tags.PIXELS, "OB", -1).mark(Tags.ITEM, 0);
      for (var frame = 0; frame < frames; frame++) {
        var packed = packed(frame);
        var even = Arrays.copyOf(packed, packed.length + (packed.length & 1));
        out.mark(Tags.ITEM, even.length).raw(even);
      }
      out.mark(Tags.SEQUENCE_END, 0);
    } else {
      out.element(Tags.PIXELS, colour ? "OB" : "OW", pixels());
    }
  }

  private byte[] packed(int frame) {
    return switch (syntax) {
      case ENCAPSULATED -> pixels(frame);
      case DEFLATED_FRAMES -> deflated(pixels(frame));
      default -> Rle.frame(samples(frame), colour ? 3 : 1, colour ? 1 : 2);
    };
  }

  /// What a decoder must give back for a frame: interleaved stored values.
  public int[] samples(int frame) {
    var random = new SplittableRandom(seed * 1000 + frame);
    var samples = new int[rows * columns * (colour ? 3 : 1)];
    for (var i = 0; i < samples.length; i++) {
      samples[i] =
          colour ? random.nextInt(256) : ((i * 4095 / samples.length) & 0xFF0) + random.nextInt(16);
    }
    return samples;
  }

  private byte[] pixels() {
    var out = new ByteArrayOutputStream();
    for (var frame = 0; frame < frames; frame++) {
      out.writeBytes(pixels(frame));
    }
    return out.toByteArray();
  }

  private byte[] pixels(int frame) {
    var out = new ByteArrayOutputStream();
    var big = syntax == TransferSyntax.EXPLICIT_BIG;
    for (var sample : samples(frame)) {
      if (colour) {
        out.write(sample);
      } else {
        out.write(big ? sample >> 8 : sample);
        out.write(big ? sample : sample >> 8);
      }
    }
    return out.toByteArray();
  }

  private Part10 part() {
    return switch (syntax) {
      case IMPLICIT_LITTLE -> Part10.implicit();
      case EXPLICIT_BIG -> Part10.explicitBig();
      default -> Part10.explicit();
    };
  }

  private void text(Part10 out, int tag, String vr, String value) {
    out.element(tag, vr, value.getBytes(javaCharset()));
  }

  private Charset javaCharset() {
    return switch (charset) {
      case "ISO_IR 192" -> StandardCharsets.UTF_8;
      case "ISO_IR 144" -> Charset.forName("ISO-8859-5");
      case "ISO_IR 126" -> Charset.forName("ISO-8859-7");
      case "ISO_IR 148" -> Charset.forName("ISO-8859-9");
      case "GB18030" -> Charset.forName("GB18030");
      default -> StandardCharsets.ISO_8859_1;
    };
  }

  public static byte[] deflated(byte[] dataset) {
    var deflater = new Deflater(6, true);
    deflater.setInput(dataset);
    deflater.finish();
    var out = new ByteArrayOutputStream();
    var buffer = new byte[65_536];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    if (out.size() % 2 != 0) {
      out.write(0);
    }
    return out.toByteArray();
  }
}

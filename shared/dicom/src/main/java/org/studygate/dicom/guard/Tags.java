package org.studygate.dicom.guard;

/// The tags the walker knows by itself; everything else goes by the library's names.
public final class Tags {
  public static final int META_LENGTH = 0x0002_0000;
  public static final int META_SOP_CLASS = 0x0002_0002;
  public static final int META_SOP_INSTANCE = 0x0002_0003;
  public static final int META_SYNTAX = 0x0002_0010;
  public static final int SOP_CLASS = 0x0008_0016;
  public static final int SOP_INSTANCE = 0x0008_0018;
  public static final int ACCESSION = 0x0008_0050;
  public static final int PATIENT_NAME = 0x0010_0010;
  public static final int PATIENT_ID = 0x0010_0020;
  public static final int PATIENT_ISSUER = 0x0010_0021;
  public static final int BIRTH_DATE = 0x0010_0030;
  public static final int STUDY = 0x0020_000D;
  public static final int SERIES = 0x0020_000E;
  public static final int SAMPLES = 0x0028_0002;
  public static final int PHOTOMETRIC = 0x0028_0004;
  public static final int FRAMES = 0x0028_0008;
  public static final int ROWS = 0x0028_0010;
  public static final int COLUMNS = 0x0028_0011;
  public static final int BITS_ALLOCATED = 0x0028_0100;
  public static final int ENCAPSULATED_DOCUMENT = 0x0042_0011;
  public static final int EXTENDED_OFFSETS = 0x7FE0_0001;
  public static final int EXTENDED_LENGTHS = 0x7FE0_0002;
  public static final int FLOAT_PIXELS = 0x7FE0_0008;
  public static final int DOUBLE_PIXELS = 0x7FE0_0009;
  public static final int PIXELS = 0x7FE0_0010;
  public static final int ITEM = 0xFFFE_E000;
  public static final int ITEM_END = 0xFFFE_E00D;
  public static final int SEQUENCE_END = 0xFFFE_E0DD;

  private Tags() {}
}

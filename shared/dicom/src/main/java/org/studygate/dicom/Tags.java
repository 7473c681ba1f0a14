package org.studygate.dicom;

/// The tags the walker knows by itself; everything else goes by the library's names.
final class Tags {
  static final int META_LENGTH = 0x0002_0000;
  static final int META_SOP_CLASS = 0x0002_0002;
  static final int META_SYNTAX = 0x0002_0010;
  static final int SOP_CLASS = 0x0008_0016;
  static final int SOP_INSTANCE = 0x0008_0018;
  static final int STUDY = 0x0020_000D;
  static final int SERIES = 0x0020_000E;
  static final int SAMPLES = 0x0028_0002;
  static final int PHOTOMETRIC = 0x0028_0004;
  static final int FRAMES = 0x0028_0008;
  static final int ROWS = 0x0028_0010;
  static final int COLUMNS = 0x0028_0011;
  static final int BITS_ALLOCATED = 0x0028_0100;
  static final int ENCAPSULATED_DOCUMENT = 0x0042_0011;
  static final int EXTENDED_OFFSETS = 0x7FE0_0001;
  static final int EXTENDED_LENGTHS = 0x7FE0_0002;
  static final int FLOAT_PIXELS = 0x7FE0_0008;
  static final int DOUBLE_PIXELS = 0x7FE0_0009;
  static final int PIXELS = 0x7FE0_0010;
  static final int ITEM = 0xFFFE_E000;
  static final int ITEM_END = 0xFFFE_E00D;
  static final int SEQUENCE_END = 0xFFFE_E0DD;

  private Tags() {}
}

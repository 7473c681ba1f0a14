package org.studygate.dicom.guard;

import java.util.Optional;

/// The transfer syntaxes we accept. Others are refused: nobody could read them back.
public enum TransferSyntax {
  IMPLICIT_LITTLE("1.2.840.10008.1.2", Coding.NATIVE),
  EXPLICIT_LITTLE("1.2.840.10008.1.2.1", Coding.NATIVE),
  DEFLATED("1.2.840.10008.1.2.1.99", Coding.NATIVE),
  ENCAPSULATED("1.2.840.10008.1.2.1.98", Coding.UNCOMPRESSED),
  DEFLATED_FRAMES("1.2.840.10008.1.2.8.1", Coding.DEFLATE),
  EXPLICIT_BIG("1.2.840.10008.1.2.2", Coding.NATIVE),
  RLE("1.2.840.10008.1.2.5", Coding.RLE),
  JPEG_BASELINE("1.2.840.10008.1.2.4.50", Coding.JPEG),
  JPEG_EXTENDED("1.2.840.10008.1.2.4.51", Coding.JPEG),
  JPEG_SPECTRAL("1.2.840.10008.1.2.4.53", Coding.JPEG),
  JPEG_PROGRESSIVE("1.2.840.10008.1.2.4.55", Coding.JPEG),
  JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", Coding.JPEG),
  JPEG_LOSSLESS_SV1("1.2.840.10008.1.2.4.70", Coding.JPEG),
  JPEG_LS("1.2.840.10008.1.2.4.80", Coding.JPEG_LS),
  JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", Coding.JPEG_LS),
  JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", Coding.JPEG_2000),
  JPEG_2000("1.2.840.10008.1.2.4.91", Coding.JPEG_2000),
  JPEG_2000_PART2_LOSSLESS("1.2.840.10008.1.2.4.92", Coding.OTHER),
  JPEG_2000_PART2("1.2.840.10008.1.2.4.93", Coding.OTHER),
  MPEG2_MAIN("1.2.840.10008.1.2.4.100", Coding.VIDEO),
  MPEG2_MAIN_FRAGMENTED("1.2.840.10008.1.2.4.100.1", Coding.VIDEO),
  MPEG2_HIGH("1.2.840.10008.1.2.4.101", Coding.VIDEO),
  MPEG2_HIGH_FRAGMENTED("1.2.840.10008.1.2.4.101.1", Coding.VIDEO),
  MPEG4("1.2.840.10008.1.2.4.102", Coding.VIDEO),
  MPEG4_FRAGMENTED("1.2.840.10008.1.2.4.102.1", Coding.VIDEO),
  MPEG4_BD("1.2.840.10008.1.2.4.103", Coding.VIDEO),
  MPEG4_BD_FRAGMENTED("1.2.840.10008.1.2.4.103.1", Coding.VIDEO),
  MPEG4_42_2D("1.2.840.10008.1.2.4.104", Coding.VIDEO),
  MPEG4_42_2D_FRAGMENTED("1.2.840.10008.1.2.4.104.1", Coding.VIDEO),
  MPEG4_42_3D("1.2.840.10008.1.2.4.105", Coding.VIDEO),
  MPEG4_42_3D_FRAGMENTED("1.2.840.10008.1.2.4.105.1", Coding.VIDEO),
  MPEG4_42_STEREO("1.2.840.10008.1.2.4.106", Coding.VIDEO),
  MPEG4_42_STEREO_FRAGMENTED("1.2.840.10008.1.2.4.106.1", Coding.VIDEO),
  HEVC_MAIN("1.2.840.10008.1.2.4.107", Coding.VIDEO),
  HEVC_MAIN10("1.2.840.10008.1.2.4.108", Coding.VIDEO),
  JPEG_XL_LOSSLESS("1.2.840.10008.1.2.4.110", Coding.OTHER),
  JPEG_XL_RECOMPRESSED("1.2.840.10008.1.2.4.111", Coding.OTHER),
  JPEG_XL("1.2.840.10008.1.2.4.112", Coding.OTHER),
  HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", Coding.OTHER),
  HTJ2K_LOSSLESS_RPCL("1.2.840.10008.1.2.4.202", Coding.OTHER),
  HTJ2K("1.2.840.10008.1.2.4.203", Coding.OTHER);

  /// How a frame lies in the file, as far as the decoders differ.
  public enum Coding {
    NATIVE,
    /// As if native, but each frame in fragments of its own.
    UNCOMPRESSED,
    DEFLATE,
    RLE,
    JPEG,
    JPEG_LS,
    JPEG_2000,
    VIDEO,
    OTHER
  }

  private final String uid;
  private final Coding coding;

  TransferSyntax(String uid, Coding coding) {
    this.uid = uid;
    this.coding = coding;
  }

  public static Optional<TransferSyntax> of(String uid) {
    for (var syntax : values()) {
      if (syntax.uid.equals(uid)) {
        return Optional.of(syntax);
      }
    }
    return Optional.empty();
  }

  public String uid() {
    return uid;
  }

  public Coding coding() {
    return coding;
  }

  /// Frames are compressed and lie in fragments.
  public boolean encapsulated() {
    return coding != Coding.NATIVE;
  }

  boolean explicit() {
    return this != IMPLICIT_LITTLE;
  }

  public boolean bigEndian() {
    return this == EXPLICIT_BIG;
  }

  /// The syntax whose encoding the data set itself has, once it is inflated.
  public TransferSyntax dataset() {
    return switch (this) {
      case IMPLICIT_LITTLE, EXPLICIT_BIG -> this;
      default -> EXPLICIT_LITTLE;
    };
  }
}

package org.studygate.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.TreeMap;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NotDecodable;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Tags;
import org.studygate.dicom.guard.TransferSyntax;

/// An image of one row, element by element, right or wrong: `MadeImage.gray(0, 1000, 4095)`. What
/// is set last counts.
final class MadeImage {
  private final TransferSyntax syntax;
  private final TreeMap<Integer, byte[]> elements = new TreeMap<>();

  private MadeImage(TransferSyntax syntax) {
    this.syntax = syntax;
    text(0x00080016, "UI", DicomFixtures.CT_IMAGE);
    text(0x00080018, "UI", "1.2.3.4");
    text(0x00080060, "CS", "OT");
    text(0x0020000D, "UI", "1.2.3");
    text(0x0020000E, "UI", "1.2.3.1");
    number(0x00280002, "US", 1);
    text(0x00280004, "CS", "MONOCHROME2");
    number(0x00280010, "US", 1);
    number(0x00280100, "US", 16);
    number(0x00280101, "US", 12);
    number(0x00280102, "US", 11);
    number(0x00280103, "US", 0);
  }

  static MadeImage of(TransferSyntax syntax) {
    return new MadeImage(syntax);
  }

  /// Stored values of twelve bits.
  static MadeImage gray(int... stored) {
    return of(TransferSyntax.EXPLICIT_LITTLE).columns(stored.length).pixels(stored);
  }

  /// Stored values of eight bits, for a palette.
  static MadeImage indices(int... stored) {
    return of(TransferSyntax.EXPLICIT_LITTLE).columns(stored.length).bits(8, 8).bytes(stored);
  }

  MadeImage bits(int allocated, int stored) {
    number(0x00280100, "US", allocated);
    number(0x00280101, "US", stored);
    return number(0x00280102, "US", stored - 1);
  }

  MadeImage signed() {
    return number(0x00280103, "US", 1);
  }

  MadeImage columns(int columns) {
    return number(0x00280011, "US", columns);
  }

  MadeImage photometric(String value) {
    return text(0x00280004, "CS", value);
  }

  MadeImage window(String center, String width) {
    return text(0x00281050, "DS", center).text(0x00281051, "DS", width);
  }

  MadeImage function(String name) {
    return text(0x00281056, "CS", name);
  }

  MadeImage rescale(String slope, String intercept) {
    return text(0x00281052, "DS", intercept).text(0x00281053, "DS", slope);
  }

  /// Words.
  MadeImage pixels(int... words) {
    return number(Tags.PIXELS, "OW", words);
  }

  MadeImage bytes(int... bytes) {
    return element(Tags.PIXELS, "OB", narrow(bytes));
  }

  MadeImage text(int tag, String vr, String value) {
    return put(tag, part().text(tag, vr, value));
  }

  MadeImage number(int tag, String vr, int... values) {
    return put(tag, part().number16(tag, vr, values));
  }

  MadeImage element(int tag, String vr, byte[] value) {
    return put(tag, part().element(tag, vr, value));
  }

  MadeImage sequence(int tag, Part10 item) {
    return put(tag, part().sequence(tag, item.bytes()));
  }

  /// A part in the encoding of the image, for the item of a sequence.
  Part10 part() {
    return switch (syntax) {
      case IMPLICIT_LITTLE -> Part10.implicit();
      case EXPLICIT_BIG -> Part10.explicitBig();
      default -> Part10.explicit();
    };
  }

  /// One compressed frame, behind an empty offset table.
  MadeImage frame(byte[] coded) {
    return put(
        Tags.PIXELS,
        part()
            .header(Tags.PIXELS, "OB", -1)
            .mark(Tags.ITEM, 0)
            .mark(Tags.ITEM, coded.length + (coded.length & 1))
            .raw(coded)
            .raw(new byte[coded.length & 1])
            .mark(Tags.SEQUENCE_END, 0));
  }

  MadeImage without(int tag) {
    elements.remove(tag);
    return this;
  }

  /// An element as it is to lie there.
  MadeImage raw(int tag, Part10 element) {
    return put(tag, element);
  }

  private MadeImage put(int tag, Part10 element) {
    elements.put(tag, element.bytes());
    return this;
  }

  static byte[] narrow(int... bytes) {
    var out = new ByteArrayOutputStream(bytes.length);
    for (var value : bytes) {
      out.write(value);
    }
    return out.toByteArray();
  }

  DicomFile open() throws IOException {
    var dataset = new ByteArrayOutputStream();
    for (var element : elements.values()) {
      dataset.writeBytes(element);
    }
    var file = Part10.file(DicomFixtures.CT_IMAGE, "1.2.3.4", syntax.uid(), dataset.toByteArray());
    return switch (DicomFile.open(Bytes.of(file))) {
      case DicomFile opened -> opened;
      case Rejected rejected -> throw new AssertionError(rejected);
    };
  }

  /// What is drawn of a frame, before anything is shrunk or compressed. A page that shades its
  /// values draws the same.
  Shader.Drawn drawn(int frame, Decoder decoder) throws IOException {
    try (var file = open()) {
      return switch (file.decode(frame, decoder)) {
        case Frame decoded -> {
          var drawn = Shader.draw(decoded, file.shading(), file.header().image(), frame);
          var plane = StoredValues.packed(file, frame, decoder).orElseThrow();
          var steps = file.header().image().bitsStored() > 16 && decoded.scale().step() == 1;
          PageShading.assertSame(plane, drawn, steps ? 1 : 0);
          yield drawn;
        }
        case NotDecodable no -> throw new AssertionError(no);
      };
    }
  }
}

package org.studygate.dicom.header;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.TagUtils;
import org.studygate.dicom.guard.Vr;

/// DICOM JSON (PS3.18 annex F) of a data set. Numbers are numbers, or viewers trip; one that is
/// illegal, or an integer over 53 bits, stays a string. Text is UTF-8 and (0008,0005) says so.
/// Image data are not in it.
final class DicomJson {
  private static final long SAFE_INTEGER = 1L << 53;

  private DicomJson() {}

  static byte[] write(Attributes attributes) throws IOException {
    var bytes = new ByteArrayOutputStream(4096);
    try (var out = new JsonFactory().createGenerator(bytes)) {
      dataset(out, attributes);
    }
    return bytes.toByteArray();
  }

  private static void dataset(JsonGenerator out, Attributes attributes) throws IOException {
    out.writeStartObject();
    try {
      attributes.accept(
          (at, tag, vr, value) -> {
            element(out, at, tag, vr, value);
            return true;
          },
          false);
    } catch (IOException | RuntimeException known) {
      throw known;
    } catch (Exception unknown) { // the visitor above throws no other
      throw new IOException(unknown);
    }
    out.writeEndObject();
  }

  private static void element(JsonGenerator out, Attributes at, int tag, VR vr, Object value)
      throws IOException {
    if (TagUtils.isGroupLength(tag) || Vr.bulk(tag) || tag >>> 16 < 8) {
      return;
    }
    out.writeFieldName(TagUtils.toHexString(tag));
    out.writeStartObject();
    out.writeStringField("vr", vr.name());
    if (value instanceof Sequence sequence) {
      out.writeArrayFieldStart("Value");
      for (var item : sequence) {
        dataset(out, item);
      }
      out.writeEndArray();
    } else if (tag == Tag.SpecificCharacterSet) {
      out.writeArrayFieldStart("Value");
      out.writeString("ISO_IR 192");
      out.writeEndArray();
    } else if (at.containsValue(tag)) {
      values(out, at, tag, vr);
    }
    out.writeEndObject();
  }

  private static void values(JsonGenerator out, Attributes at, int tag, VR vr) throws IOException {
    if (vr.isInlineBinary()) {
      var bytes = at.getBytes(tag).clone();
      var swapped = at.bigEndian() && bytes.length % vr.numEndianBytes() == 0;
      out.writeBinaryField("InlineBinary", swapped ? vr.toggleEndian(bytes, false) : bytes);
      return;
    }
    out.writeArrayFieldStart("Value");
    switch (vr) {
      case PN -> {
        for (var name : Values.texts(at, tag)) {
          name(out, name);
        }
      }
      case DS, IS -> {
        for (var text : Values.texts(at, tag)) {
          number(out, text);
        }
      }
      case AT -> {
        for (var value : Values.ints(at, tag)) {
          out.writeString(TagUtils.toHexString(value));
        }
      }
      case US, SS, SL -> {
        for (var value : Values.ints(at, tag)) {
          out.writeNumber(value);
        }
      }
      case UL -> {
        for (var value : Values.ints(at, tag)) {
          out.writeNumber(Integer.toUnsignedLong(value));
        }
      }
      case FL -> {
        for (var value : Values.doubles(at, tag)) {
          real(out, value, Float.toString((float) value));
        }
      }
      case FD -> {
        for (var value : Values.doubles(at, tag)) {
          real(out, value, Double.toString(value));
        }
      }
      default -> {
        for (var text : Values.texts(at, tag)) {
          if (text.isEmpty()) {
            out.writeNull();
          } else {
            out.writeString(text);
          }
        }
      }
    }
    out.writeEndArray();
  }

  /// NaN has no JSON; infinity becomes the largest there is.
  private static void real(JsonGenerator out, double value, String digits) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNull();
    } else if (Double.isInfinite(value)) {
      out.writeNumber(Math.copySign(Double.MAX_VALUE, value));
    } else {
      out.writeNumber(digits);
    }
  }

  private static void number(JsonGenerator out, String text) throws IOException {
    if (text.isEmpty()) {
      out.writeNull();
      return;
    }
    if (text.length() > Values.LONGEST_NUMBER) {
      out.writeString(text);
      return;
    }
    try {
      var number = new BigDecimal(text);
      var asDouble = number.doubleValue();
      var whole = asDouble == Math.rint(asDouble);
      if (!Double.isFinite(asDouble) || (whole && Math.abs(asDouble) > SAFE_INTEGER)) {
        out.writeString(text);
      } else if (whole) {
        out.writeNumber((long) asDouble);
      } else {
        out.writeNumber(number);
      }
    } catch (NumberFormatException _) {
      out.writeString(text);
    }
  }

  private static void name(JsonGenerator out, String name) throws IOException {
    if (name.isEmpty()) {
      out.writeNull();
      return;
    }
    var groups = name.split("=", 3);
    var keys = new String[] {"Alphabetic", "Ideographic", "Phonetic"};
    out.writeStartObject();
    for (var i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        out.writeStringField(keys[i], groups[i]);
      }
    }
    out.writeEndObject();
  }
}

package org.studygate.dicom.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;

/// What a text says is readable, or shows that it is not; it never turns into other letters
/// (security rule 52). Files lie about their character set more often than about anything else.
class TextTest {
  private static final int SERIES_DESCRIPTION = 0x0008_103E;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ISO_IR 192            | UTF-8        | Schädel nativ",
        "ISO IR 192            | UTF-8        | Schädel nativ",
        "ISO-IR 192            | UTF-8        | Schädel nativ",
        "ISO_IR192             | UTF-8        | Schädel nativ",
        "iso_ir 192            | UTF-8        | Schädel nativ",
        "UTF-8                 | UTF-8        | Schädel nativ",
        "ISO_IR 100            | ISO-8859-1   | Schädel nativ",
        "ISO 2022 IR 100       | ISO-8859-1   | Schädel nativ",
        "ISO 8859-1            | ISO-8859-1   | Schädel nativ",
        "ISO_IR 101            | ISO-8859-2   | Čelo žilje",
        "ISO_IR 144            | ISO-8859-5   | Грудь",
        "ISO_IR 126            | ISO-8859-7   | Θώρακας",
        "GB18030               | GB18030      | 胸部正位",
        "GB18030\\ISO IR 192   | GB18030      | 胸部正位",
        "GBK                   | GBK          | 胸部正位",
        "GB18030               | GB18030      | 誠乗",
        "ISO_IR 192\\GB18030   | UTF-8        | 胸部正位",
        "\\ISO 2022 IR 87      | ISO-2022-JP  | 胸部 AP",
        "ISO 2022 IR 6\\ISO 2022 IR 87 | ISO-2022-JP | 胸部 AP",
        "ISO 2022 IR 13\\ISO 2022 IR 87 | ISO-2022-JP | 胸部 AP",
        "\\ISO 2022 IR 149     | ISO-2022-KR  | 흉부",
        "ISO 2022 IR 149       | ISO-2022-KR  | 흉부",
        "ISO 2022 IR 149       | EUC-KR       | 흉부",
        "ISO_IR 149            | ISO-2022-KR  | 흉부",
        "EUC-KR                | EUC-KR       | 흉부",
        "ISO 2022 IR 87        | ISO-2022-JP  | 胸部 AP",
        "ISO_IR 87             | ISO-2022-JP  | 胸部 AP",
        "ISO_IR 13\\ISO_IR 87  | ISO-2022-JP  | 胸部 AP",
        "\\ISO_IR 192          | UTF-8        | Čelo žilje",
        "ISO 2022 IR 6\\ISO_IR 192 | UTF-8    | Čelo žilje",
        "ISO_IR  100           | ISO-8859-1   | Schädel nativ",
        "IR 100                | ISO-8859-1   | Schädel nativ",
        "ISO8859-1             | ISO-8859-1   | Schädel nativ",
        "LATIN1                | ISO-8859-1   | Schädel nativ",
        "windows-1252          | windows-1252 | Schädel nativ",
      })
  void isReadable(String said, String sent, String text) throws IOException {
    assertThat(description(said.strip(), bytes(sent.strip(), text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | UTF-8        | Sch | del nativ",
        "''                    | ISO-8859-1   | Sch | del nativ",
        "ISO_IR 6              | UTF-8        | Sch | del nativ",
        "ISO_IR 192            | ISO-8859-1   | Sch | del nativ",
        "ISO_IR 999            | UTF-8        | Sch | del nativ",
        "\\ISO 2022 IR 100     | ISO-8859-1   | Sch | del nativ",
        "nonsense              | ISO-8859-1   | Sch | del nativ",
        "\\ISO_IR 192          | ISO-8859-1   | Sch | del nativ",
      })
  void orSaysThatItIsNot(String said, String sent, String before, String after) throws IOException {
    var text = description(said.strip(), bytes(sent.strip(), before + "ä" + after));
    assertThat(text).startsWith(before).endsWith(after);
    assertThat(text.substring(before.length(), text.length() - after.length()))
        .matches("ä|\\uFFFD+");
  }

  private static byte[] bytes(String charset, String text) {
    if (charset.equals("ISO-2022-KR")) { // as DICOM writes it: escape once, then high bytes
      var korean = text.getBytes(Charset.forName("EUC-KR"));
      var escaped = new byte[korean.length + 4];
      System.arraycopy(new byte[] {0x1B, '$', ')', 'C'}, 0, escaped, 0, 4);
      System.arraycopy(korean, 0, escaped, 4, korean.length);
      return escaped;
    }
    return text.getBytes(Charset.forName(charset));
  }

  private static String description(String said, byte[] text) throws IOException {
    var dataset = Part10.explicit();
    if (!said.isEmpty()) {
      dataset.element(0x0008_0005, "CS", said.getBytes(StandardCharsets.US_ASCII));
    }
    var file =
        Part10.file(
            "1.2.840.10008.5.1.4.1.1.7",
            "2.25.11",
            "1.2.840.10008.1.2.1",
            dataset
                .text(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7")
                .text(0x0008_0018, "UI", "2.25.11")
                .element(SERIES_DESCRIPTION, "LO", text)
                .text(0x0020_000D, "UI", "2.25.12")
                .text(0x0020_000E, "UI", "2.25.13")
                .bytes());
    return switch (DicomFile.open(Bytes.of(file), Bounds.STANDARD)) {
      case DicomFile dicom -> dicom.header().series().description();
      case Rejected(var reason, var offset) -> throw new AssertionError(reason + " at " + offset);
    };
  }
}

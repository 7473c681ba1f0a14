package org.studygate.dicom.document;

import java.util.List;
import org.studygate.dicom.header.DataSet;

/// Codes in the words that stand beside them.
final class Codes {
  private static final int CODE_VALUE = 0x0008_0100;
  private static final int SCHEME = 0x0008_0102;
  private static final int MEANING = 0x0008_0104;
  private static final int LONG_CODE_VALUE = 0x0008_0119;
  private static final int URN_CODE_VALUE = 0x0008_0120;

  private Codes() {}

  /// The meaning of the first code of a sequence, or the code where no meaning stands.
  static String meaning(DataSet of, int sequence) {
    return first(of, sequence, Codes::meaning);
  }

  static String value(DataSet of, int sequence) {
    return first(of, sequence, Codes::value);
  }

  /// A unit as it is written behind a number: nothing for a mere count.
  static String unit(DataSet of, int sequence) {
    return first(
        of,
        sequence,
        code -> code.text(SCHEME).equals("UCUM") && value(code).equals("1") ? "" : meaning(code));
  }

  private static String first(
      DataSet of, int sequence, java.util.function.Function<DataSet, String> said) {
    List<DataSet> codes = of.items(sequence);
    return codes.isEmpty() ? "" : said.apply(codes.getFirst());
  }

  private static String meaning(DataSet code) {
    var meaning = Texts.plain(code.text(MEANING));
    return meaning.isEmpty() ? value(code) : meaning;
  }

  private static String value(DataSet code) {
    for (var tag : List.of(CODE_VALUE, LONG_CODE_VALUE, URN_CODE_VALUE)) {
      var value = Texts.plain(code.text(tag));
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}

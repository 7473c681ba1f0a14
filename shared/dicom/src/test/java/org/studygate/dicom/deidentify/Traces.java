package org.studygate.dicom.deidentify;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Looks for words in bytes, in every way in which words are written.
final class Traces {
  private Traces() {}

  /// Those of the words that the bytes hold.
  static List<String> of(byte[] bytes, List<String> words) {
    var hay = new String(bytes, StandardCharsets.ISO_8859_1);
    var found = new ArrayList<String>();
    for (var word : words) {
      if (spellings(word).stream().anyMatch(hay::contains)) {
        found.add(word);
      }
    }
    return found;
  }

  private static List<String> spellings(String word) {
    var spellings = new ArrayList<String>();
    for (var charset : List.of("ISO-8859-1", "ISO-8859-15", "UTF-8", "UTF-16LE", "UTF-16BE")) {
      var bytes = word.getBytes(Charset.forName(charset));
      spellings.add(new String(bytes, StandardCharsets.ISO_8859_1));
      for (var skip = 0; skip < 3; skip++) { // base 64 looks different at each place
        var moved = new byte[bytes.length + skip];
        System.arraycopy(bytes, 0, moved, skip, bytes.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(moved);
        spellings.add(text.substring(skip == 0 ? 0 : skip + 1, text.length() - 1));
      }
    }
    spellings.add(URLEncoder.encode(word, StandardCharsets.UTF_8));
    return spellings;
  }
}

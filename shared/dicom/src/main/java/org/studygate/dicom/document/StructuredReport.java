package org.studygate.dicom.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.studygate.dicom.document.Contents.Verifier;
import org.studygate.dicom.header.DataSet;

/// A structured report of any class, or a key object selection.
public final class StructuredReport {
  private static final int TITLE = 0x0040_A043;
  private static final int DATE = 0x0008_0023;
  private static final int TIME = 0x0008_0033;
  private static final int COMPLETION = 0x0040_A491;
  private static final int VERIFICATION = 0x0040_A493;
  private static final int PRELIMINARY = 0x0040_A496;
  private static final int AUTHORS = 0x0040_A078;
  private static final int VERIFIERS = 0x0040_A073;
  private static final int VERIFIER = 0x0040_A075;
  private static final int VERIFIED_AT = 0x0040_A030;
  private static final int ORGANISATION = 0x0040_A027;
  private static final int PERSON = 0x0040_A123;
  private static final int DEVICE = 0x0008_1010;
  private static final int MOST_NAMES = 100;

  private StructuredReport() {}

  public static Contents read(DataSet document) {
    var tree = new ContentTree(document);
    return new Contents(
        Codes.meaning(document, TITLE),
        tree.language(),
        Texts.date(document.text(DATE)),
        Texts.time(document.text(TIME)),
        word(document.text(COMPLETION)),
        word(document.text(VERIFICATION)),
        document.text(PRELIMINARY).equals("PRELIMINARY"),
        authors(document),
        verifiers(document),
        tree.lines(),
        tree.cut());
  }

  private static String word(String flag) {
    return switch (flag) {
      case "COMPLETE", "PARTIAL", "VERIFIED", "UNVERIFIED" -> flag.toLowerCase(Locale.ROOT);
      default -> "";
    };
  }

  private static List<String> authors(DataSet document) {
    var authors = new ArrayList<String>();
    for (var one : document.items(AUTHORS)) {
      var person = Texts.person(one.text(PERSON));
      var name = person.isEmpty() ? Texts.plain(one.text(DEVICE)) : person;
      if (!name.isEmpty() && authors.size() < MOST_NAMES) {
        authors.add(name);
      }
    }
    return List.copyOf(authors);
  }

  private static List<Verifier> verifiers(DataSet document) {
    return document.items(VERIFIERS).stream()
        .limit(MOST_NAMES)
        .map(
            one ->
                new Verifier(
                    Texts.person(one.text(VERIFIER)),
                    Texts.plain(one.text(ORGANISATION)),
                    Texts.moment(one.text(VERIFIED_AT))))
        .toList();
  }
}

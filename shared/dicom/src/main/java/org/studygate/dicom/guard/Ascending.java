package org.studygate.dicom.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Sorts the elements of a data set and leaves out those that stand twice: the first one counts, as
/// in DCMTK, unless it is empty. (For pydicom the last one counts.)
final class Ascending {
  private static final int LONGEST = 1024;

  /// Elements that say what an object is and whose. If one stands twice with different values,
  /// nobody can tell which is right.
  private static final Set<Integer> IDENTITY =
      Set.of(
          Tags.SOP_CLASS,
          Tags.SOP_INSTANCE,
          Tags.ACCESSION,
          Tags.PATIENT_NAME,
          Tags.PATIENT_ID,
          Tags.PATIENT_ISSUER,
          Tags.BIRTH_DATE,
          Tags.STUDY,
          Tags.SERIES);

  private Ascending() {}

  /// @param root not within an item
  static void sort(List<Found> elements, boolean root, Bytes source, Set<Mended> notes)
      throws IOException, Refusal {
    var before = List.copyOf(elements);
    elements.sort((a, b) -> Integer.compareUnsigned(a.tag, b.tag));
    if (!before.equals(elements)) {
      notes.add(Mended.ORDER);
    }
    var kept = 0;
    for (var next : List.copyOf(elements)) {
      if (kept == 0 || elements.get(kept - 1).tag != next.tag) {
        elements.set(kept++, next);
        continue;
      }
      notes.add(Mended.TWICE);
      var first = elements.get(kept - 1);
      var said = !first.empty() && !next.empty();
      if (root && said && IDENTITY.contains(next.tag) && !same(first, next, source)) {
        throw new Refusal(Reason.TAGS_NOT_ASCENDING, next.from);
      }
      if (first.empty()) {
        elements.set(kept - 1, next);
      }
    }
    elements.subList(kept, elements.size()).clear();
  }

  private static boolean same(Found one, Found other, Bytes source) throws IOException {
    return one.items == null
        && other.items == null
        && one.length <= LONGEST
        && other.length <= LONGEST
        && text(one, source).equals(text(other, source));
  }

  private static String text(Found element, Bytes source) throws IOException {
    var bytes = source.copy(element.from, (int) element.length);
    return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
  }
}

package org.studygate.dicom.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.dicom.document.Line.Kind;
import org.studygate.dicom.document.Line.Reference;
import org.studygate.dicom.header.DataSet;

/// What an object that is drawn nowhere here says in words: what it is called, who made it and
/// when, what is written on the pictures, which organs are outlined, which leads were taken, which
/// images it is about. Of a presentation state, a plan, structures, a segmentation, a waveform and
/// what is made like them.
public final class Outline {
  private static final List<Integer> TITLES =
      List.of(0x0070_0081, 0x0070_0080, 0x300A_0002, 0x3006_0002);
  private static final List<Integer> DATES = List.of(0x0070_0082, 0x300A_0006, 0x3006_0008);
  private static final List<Integer> TIMES = List.of(0x0070_0083, 0x300A_0007, 0x3006_0009);
  private static final List<Integer> AUTHORS = List.of(0x0070_0084, 0x300E_0008);

  /// Sequences, and in their items a text: annotations of pictures and of waveforms, of a plan its
  /// name, description, aims and beams, structures, segments, leads.
  private static final List<List<Integer>> TEXTS =
      List.of(
          List.of(0x0070_0001, 0x0070_0008, 0x0070_0006),
          List.of(0x0040_B020, 0x0070_0006),
          List.of(0x300A_0003),
          List.of(0x300A_0004),
          List.of(0x300A_0010, 0x300A_0016),
          List.of(0x300A_00B0, 0x300A_00C2),
          List.of(0x300A_03A2, 0x300A_00C2),
          List.of(0x3006_0004),
          List.of(0x3006_0006),
          List.of(0x3006_0020, 0x3006_0026),
          List.of(0x0062_0002, 0x0062_0005),
          List.of(0x5400_0100, 0x003A_0200, 0x003A_0208, 0x0008_0104));

  private static final int SERIES = 0x0008_1115;
  private static final int SERIES_UID = 0x0020_000E;
  private static final int IMAGES = 0x0008_1140;
  private static final int FRAMES = 0x0008_1160;
  private static final int MOST_REFERENCES = 10_000;

  private Outline() {}

  /// Empty if it has no words.
  public static Optional<Contents> read(DataSet object) {
    var lines = new Lines();
    for (var path : TEXTS) {
      var found = new LinkedHashSet<String>();
      texts(object, path, found);
      found.forEach(text -> lines.add(Line.of(0, Kind.TEXT, "", text)));
    }
    var images = images(object, lines);
    if (!images.isEmpty()) {
      lines.add(new Line(0, Kind.IMAGE, "", "", "", images));
    }
    var title = first(object, TITLES);
    var authors =
        AUTHORS.stream().map(tag -> Texts.person(object.text(tag))).filter(name -> !name.isEmpty());
    var contents =
        new Contents(
            title,
            "",
            Texts.date(first(object, DATES)),
            Texts.time(first(object, TIMES)),
            "",
            "",
            false,
            authors.toList(),
            List.of(),
            lines.all(),
            lines.cut());
    var silent = title.isEmpty() && contents.authors().isEmpty() && contents.lines().isEmpty();
    return silent ? Optional.empty() : Optional.of(contents);
  }

  private static void texts(DataSet of, List<Integer> path, Set<String> found) {
    if (path.size() == 1) {
      var text = Texts.plain(of.text(path.getFirst()));
      if (!text.isEmpty() && found.size() <= Lines.MOST) {
        found.add(text);
      }
      return;
    }
    for (var item : of.items(path.getFirst())) {
      texts(item, path.subList(1, path.size()), found);
    }
  }

  private static List<Reference> images(DataSet object, Lines lines) {
    var images = new ArrayList<Reference>();
    for (var series : object.items(SERIES)) {
      for (var image : series.items(IMAGES)) {
        if (images.size() == MOST_REFERENCES) {
          lines.leftOut();
          return images;
        }
        images.add(
            new Reference(
                Texts.plain(image.text(Evidence.OBJECT_UID)),
                Texts.plain(series.text(SERIES_UID)),
                image.texts(FRAMES),
                ""));
      }
    }
    return List.copyOf(images);
  }

  private static String first(DataSet object, List<Integer> tags) {
    return tags.stream()
        .map(tag -> Texts.plain(object.text(tag)))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}

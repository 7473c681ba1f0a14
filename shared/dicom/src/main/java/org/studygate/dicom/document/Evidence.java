package org.studygate.dicom.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.studygate.dicom.header.DataSet;

/// In which series the objects lie that a document speaks of, as it says itself; those of its own
/// study, for no other is open to whoever reads it.
final class Evidence {
  private static final int STUDY_UID = 0x0020_000D;
  private static final int SERIES_UID = 0x0020_000E;
  private static final int SERIES = 0x0008_1115;
  static final int OBJECTS = 0x0008_1199;
  static final int OBJECT_UID = 0x0008_1155;
  private static final List<Integer> LISTS = List.of(0x0040_A375, 0x0040_A385, 0x0008_1115);

  private final Map<String, String> seriesOf = new HashMap<>();

  Evidence(DataSet document) {
    var own = document.text(STUDY_UID);
    for (var list : LISTS) {
      for (var study : document.items(list)) {
        if (list == SERIES) {
          add(study);
        } else if (study.text(STUDY_UID).equals(own)) {
          study.items(SERIES).forEach(this::add);
        }
      }
    }
  }

  private void add(DataSet series) {
    for (var object : series.items(OBJECTS)) {
      seriesOf.putIfAbsent(object.text(OBJECT_UID), series.text(SERIES_UID));
    }
  }

  String seriesOf(String object) {
    return seriesOf.getOrDefault(object, "");
  }
}

package org.studygate.dicom.document;

import java.util.ArrayList;
import java.util.List;
import org.studygate.dicom.document.Line.Kind;
import org.studygate.dicom.document.Line.Reference;
import org.studygate.dicom.header.DataSet;

/// The content tree of a structured report or a key object selection, in the order in which it is
/// read aloud. The walker has bounded its depth; references between its items are named and never
/// followed, so that no loop is one.
final class ContentTree {
  private static final int MOST_REFERENCES = 10_000;
  private static final int LONGEST_NAME = 1_000;

  /// Deeper ones stand beside it: no page can indent for ever.
  private static final int DEEPEST = 8;

  private static final int VALUE_TYPE = 0x0040_A040;
  private static final int NAME = 0x0040_A043;
  private static final int CHILDREN = 0x0040_A730;
  private static final int RELATION = 0x0040_A010;
  private static final int SEE = 0x0040_DB73;
  private static final int LANGUAGE_OF = 121_049;

  private static final int TEXT = 0x0040_A160;
  private static final int CODE = 0x0040_A168;
  private static final int MOMENT = 0x0040_A120;
  private static final int DATE = 0x0040_A121;
  private static final int TIME = 0x0040_A122;
  private static final int PERSON = 0x0040_A123;
  private static final int UID = 0x0040_A124;
  private static final int MEASURED = 0x0040_A300;
  private static final int WHY_NO_NUMBER = 0x0040_A301;
  private static final int NUMBER = 0x0040_A30A;
  private static final int UNIT = 0x0040_08EA;
  private static final int FRAMES = 0x0008_1160;
  private static final int SHAPE = 0x0070_0023;
  private static final int SPAN = 0x0040_A130;

  private final DataSet root;
  private final Evidence evidence;
  private final Lines lines = new Lines();
  private int references;
  private String language = "";

  ContentTree(DataSet root) {
    this.root = root;
    this.evidence = new Evidence(root);
    children(root, 0);
  }

  List<Line> lines() {
    return lines.all();
  }

  /// Whether it has more than is kept.
  boolean cut() {
    return lines.cut();
  }

  String language() {
    return language;
  }

  private void children(DataSet of, int level) {
    for (var child : of.items(CHILDREN)) {
      if (lines.cut()) {
        return;
      }
      var named = Codes.value(child, NAME).equals(Integer.toString(LANGUAGE_OF));
      if (level == 0 && named && child.text(RELATION).equals("HAS CONCEPT MOD")) {
        language = Texts.language(Codes.value(child, CODE));
      }
      item(child, level);
      children(child, Math.min(level + 1, DEEPEST));
    }
  }

  private void item(DataSet item, int level) {
    var name = shortened(Codes.meaning(item, NAME));
    if (item.has(SEE)) {
      add(Line.of(level, Kind.SEE, name, see(item.texts(SEE))));
      return;
    }
    switch (item.text(VALUE_TYPE)) {
      case "CONTAINER" -> {
        if (!name.isEmpty()) {
          add(Line.of(level, Kind.HEADING, name, ""));
        }
      }
      case "TEXT" -> add(Line.of(level, Kind.TEXT, name, Texts.plain(item.text(TEXT))));
      case "CODE" -> add(Line.of(level, Kind.CODE, name, Codes.meaning(item, CODE)));
      case "NUM" -> number(item, level, name);
      case "DATETIME" -> add(Line.of(level, Kind.MOMENT, name, Texts.moment(item.text(MOMENT))));
      case "DATE" -> add(Line.of(level, Kind.DATE, name, Texts.date(item.text(DATE))));
      case "TIME" -> add(Line.of(level, Kind.TIME, name, Texts.time(item.text(TIME))));
      case "PNAME" -> add(Line.of(level, Kind.PERSON, name, Texts.person(item.text(PERSON))));
      case "UIDREF" -> add(Line.of(level, Kind.UID, name, Texts.plain(item.text(UID))));
      case "IMAGE" -> objects(item, level, Kind.IMAGE, name);
      case "SCOORD", "SCOORD3D" ->
          add(Line.of(level, Kind.SHAPE, name, Texts.plain(item.text(SHAPE))));
      case "TCOORD" -> add(Line.of(level, Kind.SHAPE, name, Texts.plain(item.text(SPAN))));
      default -> objects(item, level, Kind.OBJECT, name); // COMPOSITE, WAVEFORM, and what comes
    }
  }

  private void number(DataSet item, int level, String name) {
    var measured = item.items(MEASURED);
    var value = measured.isEmpty() ? "" : Texts.plain(measured.getFirst().text(NUMBER));
    if (value.isEmpty()) {
      add(Line.of(level, Kind.CODE, name, Codes.meaning(item, WHY_NO_NUMBER)));
      return;
    }
    var unit = shortened(Codes.unit(measured.getFirst(), UNIT));
    add(new Line(level, Kind.NUMBER, name, value, unit, List.of()));
  }

  /// Images one behind another under one name are one line.
  private void objects(DataSet item, int level, Kind kind, String name) {
    var found = new ArrayList<Reference>();
    for (var object : item.items(Evidence.OBJECTS)) {
      var uid = Texts.plain(object.text(Evidence.OBJECT_UID));
      if (!uid.isEmpty() && references < MOST_REFERENCES) {
        references++;
        found.add(reference(object, uid));
      } else if (!uid.isEmpty()) {
        lines.leftOut();
      }
    }
    found.addAll(0, lines.joined(Line.of(level, kind, name, "")));
    add(new Line(level, kind, name, "", "", List.copyOf(found)));
  }

  private Reference reference(DataSet object, String uid) {
    var states = object.items(Evidence.OBJECTS);
    var presentation = states.isEmpty() ? "" : states.getFirst().text(Evidence.OBJECT_UID);
    return new Reference(
        uid, evidence.seriesOf(uid), object.texts(FRAMES), Texts.plain(presentation));
  }

  /// What the item is called to which a path of places leads, the first being the root.
  private String see(List<String> path) {
    var at = root;
    for (var step : path.subList(Math.min(1, path.size()), path.size())) {
      var children = at.items(CHILDREN);
      var place = place(step);
      if (place < 1 || place > children.size()) {
        return "";
      }
      at = children.get(place - 1);
    }
    return shortened(Codes.meaning(at, NAME));
  }

  private static int place(String step) {
    try {
      return Integer.parseInt(step);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private void add(Line line) {
    lines.add(line);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
  }
}

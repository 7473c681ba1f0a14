package org.studygate.dicom.deidentify;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The basic profile of PS3.15, Table E.1-1, and the tags of PS3.6: what the standard does not know
/// does not stay. `scripts/dicom/profile.py` writes both files.
public final class Profile {
  /// Rows of the edition that the file comes of; another count is another edition.
  static final int ROWS = 621;

  private static final Pattern EXACT = Pattern.compile("\\(([0-9A-F]{4}),([0-9A-F]{4})\\)");

  /// The rows that are masks; [#action] knows them by heart.
  private static final Set<String> MASKS =
      Set.of("(50XX,XXXX)", "(60XX,3000)", "(60XX,4000)", "(GGGG,EEEE) WHERE GGGG IS ODD");

  /// Of no row, and yet of the person, of whoever wrote about them, or of where it lies.
  private static final Map<Integer, Action> OURS =
      Map.ofEntries(
          Map.entry(0x0010_0033, Action.REMOVE), // birth and death in another calendar
          Map.entry(0x0010_0034, Action.REMOVE),
          Map.entry(0x0010_2295, Action.REMOVE), // number of a breed's registry
          Map.entry(0x0018_1803, Action.REMOVE), // address of a clock
          Map.entry(0x0040_A160, Action.DUMMY), // text of an answer
          Map.entry(0x0054_0400, Action.REMOVE),
          Map.entry(0x0070_0081, Action.REMOVE),
          Map.entry(0x0088_0130, Action.REMOVE),
          Map.entry(0x0400_0120, Action.REMOVE), // what was signed, and what was encrypted
          Map.entry(0x0400_0500, Action.REMOVE),
          Map.entry(0x0400_0520, Action.REMOVE),
          Map.entry(0x2100_0160, Action.REMOVE),
          Map.entry(0x3002_0002, Action.DUMMY), // what a portal image is called
          Map.entry(0x3002_0003, Action.REMOVE));

  private final Map<Integer, Action> actions;
  private final Set<Integer> known;

  private Profile(Map<Integer, Action> actions, Set<Integer> known) {
    this.actions = actions;
    this.known = known;
  }

  public static Profile standard() {
    var actions = new HashMap<Integer, Action>();
    var rows = lines("basic-profile.tsv");
    if (rows.size() != ROWS) {
      throw new IllegalStateException(rows.size() + " rows");
    }
    for (var row : rows) {
      var columns = row.split("\t", -1);
      var tag = EXACT.matcher(columns[0]);
      if (tag.matches()) {
        actions.put(
            Integer.parseUnsignedInt(tag.group(1) + tag.group(2), 16), Action.of(columns[1]));
      } else if (!MASKS.contains(columns[0]) || Action.of(columns[1]) != Action.REMOVE) {
        throw new IllegalStateException("a mask that nobody knows: " + columns[0]);
      }
    }
    var known = new HashSet<Integer>();
    lines("standard-tags.txt").forEach(tag -> known.add(Integer.parseUnsignedInt(tag, 16)));
    return new Profile(actions, known);
  }

  /// Private elements, curves and overlays go, whatever their element number, and so does what the
  /// dictionary does not have: group lengths, repeating groups, what came later.
  Action action(int tag) {
    var group = tag >>> 16;
    if (group % 2 != 0 || (group & 0xFF00) == 0x5000 || (group & 0xFF00) == 0x6000) {
      return Action.REMOVE;
    }
    var listed = actions.getOrDefault(tag, OURS.get(tag));
    if (listed != null) {
      return listed;
    }
    return known.contains(tag) ? Action.KEEP : Action.REMOVE;
  }

  private static List<String> lines(String name) {
    try (var in = requireNonNull(Profile.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}

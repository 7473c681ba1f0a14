package org.studygate.checks;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/architecture.md says which room of `shared` and of `shared/dicom` uses which;
/// docs/rooms.svg draws those of `shared`.
final class RoomsTest {
  private static final String ROOT = "org.studygate.";
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\d+) \\| `([\\w.]+)` \\| .+ \\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern ROOM = Pattern.compile("`([\\w.]+)`");

  private record Row(int floor, Set<String> uses) {}

  @Test
  void everyRoomUsesWhatItsRowSays() throws IOException {
    var said = new TreeMap<String, Set<String>>();
    said().forEach((room, row) -> said.put(room, row.uses()));
    assertThat(said).isEqualTo(rooms("shared", "shared/dicom"));
  }

  @Test
  void whatARoomUsesStandsBelowIt() throws IOException {
    var said = said();
    said.forEach(
        (room, row) ->
            assertThat(row.uses())
                .as(room)
                .allSatisfy(
                    used ->
                        assertThat(requireNonNull(said.get(used)).floor())
                            .as(used)
                            .isLessThan(row.floor())));
  }

  @Test
  void everyRoomIsDrawn() throws IOException {
    var drawn = Files.readString(Folders.ROOT.resolve("docs/rooms.svg"));
    assertThat(rooms("shared").keySet())
        .allSatisfy(room -> assertThat(drawn).contains(">" + room + "<"));
  }

  private static Map<String, Row> said() throws IOException {
    var said = new TreeMap<String, Row>();
    var text = Files.readString(Folders.ROOT.resolve("docs/architecture.md"));
    for (var row = ROW.matcher(text); row.find(); ) {
      var uses =
          ROOM.matcher(row.group(3))
              .results()
              .map(match -> match.group(1))
              .collect(toUnmodifiableSet());
      said.put(row.group(2), new Row(Integer.parseInt(row.group(1)), uses));
    }
    return said;
  }

  private static Map<String, Set<String>> rooms(String... modules) {
    var rooms = new TreeMap<String, Set<String>>();
    var classes =
        Stream.of(modules).map(module -> Folders.classes(Folders.ROOT.resolve(module))).toList();
    for (var type : new ClassFileImporter().importPaths(classes)) {
      var uses = rooms.computeIfAbsent(room(type.getPackageName()), _ -> new TreeSet<>());
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (target.startsWith(ROOT) && !target.equals(type.getPackageName())) {
          uses.add(room(target));
        }
      }
    }
    return rooms;
  }

  private static String room(String packageName) {
    return packageName.substring(ROOT.length());
  }
}

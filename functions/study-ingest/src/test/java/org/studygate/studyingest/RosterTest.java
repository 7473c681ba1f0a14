package org.studygate.studyingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Noord;
import org.studygate.inbox.InboxObject;

final class RosterTest {
  private final List<String> read = new ArrayList<>();

  @Test
  void eachDepartmentIsReadOnce() {
    var roster = new Roster(new Counted());
    for (var i = 0; i < 3; i++) {
      assertThat(roster.of(object("in/noord/a/" + i))).contains(Noord.department());
      assertThat(roster.of(object("in/nobody/" + i))).isEmpty();
      assertThat(roster.of(object("elsewhere/" + i))).isEmpty();
    }
    assertThat(read).containsExactly("noord", "nobody");
  }

  private static InboxObject object(String key) {
    return new InboxObject("inbox", key, 1, Instant.EPOCH, "01", "etag");
  }

  private final class Counted implements Departments {
    @Override
    public Optional<Department> find(String id) {
      read.add(id);
      return id.equals("noord") ? Optional.of(Noord.department()) : Optional.empty();
    }

    @Override
    public List<Listed> list() {
      return List.of();
    }

    @Override
    public boolean put(Department department, Instant at, String by) {
      return false;
    }
  }
}

package org.studygate.directory;

import java.util.Optional;
import org.studygate.account.Shown;
import org.studygate.department.Departments;

/// One who is found, as much of it as whoever looks may see.
///
/// @param hasMobile whether a code can be asked of this one before it opens what is shared
public record Line(
    String kind,
    String id,
    String name,
    Optional<String> number,
    Optional<String> email,
    Optional<String> mobile,
    Optional<String> language,
    Optional<Boolean> hasMobile,
    boolean favourite) {
  static Line of(Shown shown, boolean favourite) {
    return new Line(
        Kind.USER.code(),
        shown.account(),
        shown.name().whole(),
        shown.numbers().stream().sorted().findFirst(),
        shown.email(),
        shown.mobile(),
        Optional.of(shown.language()),
        Optional.of(shown.hasMobile()),
        favourite);
  }

  static Line of(Directory.Practice group, boolean favourite) {
    return bare(Kind.GROUP, group.id(), group.name(), favourite);
  }

  static Line of(Departments.Listed department, boolean favourite) {
    return bare(Kind.DEPARTMENT, department.id(), called(department), favourite);
  }

  /// Many a hospital calls its department like the next one.
  static String called(Departments.Listed department) {
    return department.hospital().equals(department.name())
        ? department.name()
        : department.hospital() + ", " + department.name();
  }

  private static Line bare(Kind kind, String id, String name, boolean favourite) {
    return new Line(
        kind.code(),
        id,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        favourite);
  }

  @Override
  public String toString() {
    return "Line[" + kind + " " + id + "]";
  }
}

package org.studygate.printing;

import java.time.LocalDate;
import java.util.Optional;

/// A study as a letter names it.
public record Exam(String id, Optional<LocalDate> date, String description) {
  @Override
  public String toString() {
    return "Exam[" + id + "]";
  }
}

package org.studygate.sharing;

import java.time.LocalDate;
import java.util.Optional;

/// A study in few words, for whoever may see it.
public record Exam(String id, Optional<LocalDate> date, String description, String patient) {
  @Override
  public String toString() {
    return "Exam[" + id + "]";
  }
}

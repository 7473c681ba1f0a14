package org.studygate.directory;

import java.util.Optional;

/// Who is looked for.
public sealed interface Question {
  /// A person by all that is said; at least one thing is.
  ///
  /// @param name beginnings of words of the whole name, in any order
  /// @param number how a physician number begins
  /// @param mobile with its country
  /// @param either whether the number or the mobile is enough: nobody said which of them it is
  record Person(
      Optional<String> name,
      Optional<String> family,
      Optional<String> given,
      Optional<String> number,
      Optional<String> email,
      Optional<String> mobile,
      boolean either)
      implements Question {
    @Override
    public String toString() {
      return "Person[…]";
    }
  }

  /// By beginnings of words of its name, in any order.
  record Group(String name) implements Question {
    @Override
    public String toString() {
      return "Group[…]";
    }
  }

  /// By beginnings of words of its name and of its hospital's.
  record Department(String name) implements Question {
    @Override
    public String toString() {
      return "Department[…]";
    }
  }
}

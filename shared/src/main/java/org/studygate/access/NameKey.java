package org.studygate.access;

import java.util.Optional;
import org.studygate.order.Order;
import org.studygate.study.Person;
import org.studygate.study.Study;

/// Under which name a list finds a study: the family name in capitals without accents, and the date
/// of birth as far as it is known, `PEETERS#19580307`.
public final class NameKey {
  private static final char BORN = '#';

  private NameKey() {}

  /// @param born as in DICOM or ISO 8601
  public static String of(String familyName, String born) {
    var person = Person.of("", "", born, familyName);
    return person.name() + BORN + person.born();
  }

  /// Under which a study is found.
  public static String of(Study study, Optional<Order> order) {
    return Places.of(study, order).nameKey();
  }

  /// What the keys of everybody begin with whose family name begins like this; empty if that is no
  /// name.
  public static Optional<String> beginning(String familyName) {
    return Optional.of(Person.of("", "", "", familyName).name()).filter(name -> !name.isEmpty());
  }
}

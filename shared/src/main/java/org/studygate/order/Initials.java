package org.studygate.order;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a mail says of a patient's name.
public final class Initials {
  private static final Pattern APART = Pattern.compile("[\\s^-]+");

  private Initials() {}

  /// Of `An Peeters` these are `A.P.`, of `Peeters^An` in the order in which that is written.
  public static String of(String name) {
    return APART
        .splitAsStream(name.strip())
        .filter(part -> !part.isEmpty())
        .map(Initials::initial)
        .flatMap(Optional::stream)
        .collect(Collectors.joining());
  }

  private static Optional<String> initial(String part) {
    var first = part.codePointAt(0);
    return Character.isLetter(first)
        ? Optional.of(Character.toString(first).toUpperCase(Locale.ROOT) + ".")
        : Optional.empty();
  }
}

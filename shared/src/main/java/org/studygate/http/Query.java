package org.studygate.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The part of an address behind `?`, read strictly: what a route does not know, what comes twice,
/// what is written otherwise than it should be is refused, by the name of the parameter and never
/// by its value.
final class Query {
  private static final int LONGEST = 1_024;

  /// A name that may be told back: what others write in its place is their own.
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");

  private Query() {}

  private record Pair(String name, Optional<String> value) {
    static Pair of(String text) {
      var equals = text.indexOf('=');
      return equals < 0
          ? new Pair(decoded(text).orElse(""), Optional.empty())
          : new Pair(
              decoded(text.substring(0, equals)).orElse(""), decoded(text.substring(equals + 1)));
    }

    boolean isA(Parameter parameter) {
      return name.equals(parameter.name()) && value.filter(parameter::takes).isPresent();
    }

    Problem.Refusal refusal() {
      return Problem.BAD_REQUEST.refusal(NAME.matcher(name).matches() ? name : "");
    }
  }

  static void check(String raw, List<Parameter> known) {
    if (raw.length() > LONGEST) {
      throw Problem.BAD_REQUEST.refusal();
    }
    var seen = new HashSet<String>();
    for (var pair : pairs(raw)) {
      if (known.stream().noneMatch(pair::isA) || !seen.add(pair.name())) {
        throw pair.refusal();
      }
    }
  }

  static Optional<String> value(String raw, Parameter parameter) {
    return pairs(raw).stream().filter(pair -> pair.isA(parameter)).findFirst().flatMap(Pair::value);
  }

  private static List<Pair> pairs(String raw) {
    return raw.isEmpty() ? List.of() : List.of(raw.split("&", -1)).stream().map(Pair::of).toList();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}

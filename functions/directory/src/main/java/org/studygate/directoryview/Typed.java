package org.studygate.directoryview;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.account.Account;
import org.studygate.account.Found;
import org.studygate.directory.Kind;
import org.studygate.directory.Question;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;
import org.studygate.notice.Mobile;

/// What somebody typed, read as a question. What is too short to mean anybody is refused by the
/// name of its field.
///
/// @param prefixes calling codes of mobiles; the first is meant where none is typed
record Typed(List<String> prefixes) {
  private static final int MOST = 100;
  private static final int FEWEST_LETTERS = 2;
  private static final int FEWEST_OF_A_NUMBER = 3;

  Question question(JsonObject body) {
    var bar = body.names().equals(Set.of("q"));
    var question = bar ? bar(said(body, "q").orElseThrow(() -> wrong("q"))) : detailed(body);
    body.done();
    return question;
  }

  /// One field for all: what has an @ or a digit in it is no name. Pages ask while
  /// somebody types, so an address that is not whole yet finds nobody and is not refused.
  private Question bar(String typed) {
    if (typed.contains("@")) {
      return person(Optional.empty(), Optional.empty(), Optional.of(typed), false);
    }
    if (typed.codePoints().anyMatch(Character::isDigit)) {
      return person(
          number(Optional.of(typed), FEWEST_LETTERS, "q"), mobile(typed), Optional.empty(), true);
    }
    return new Question.Person(
        Optional.of(name(typed, "q")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static Question person(
      Optional<String> number, Optional<String> mobile, Optional<String> email, boolean either) {
    return new Question.Person(
        Optional.empty(), Optional.empty(), Optional.empty(), number, email, mobile, either);
  }

  private Question detailed(JsonObject body) {
    return switch (kind(body)) {
      case USER -> user(body);
      case GROUP -> new Question.Group(named(body));
      case DEPARTMENT -> new Question.Department(named(body));
    };
  }

  private static String named(JsonObject body) {
    return name(said(body, "name").orElse(""), "name");
  }

  private Question user(JsonObject body) {
    var family = said(body, "familyName");
    var given = said(body, "givenName");
    var number = number(said(body, "number"), FEWEST_OF_A_NUMBER, "number");
    var email = address(said(body, "email"));
    var mobile =
        said(body, "mobile").map(typed -> mobile(typed).orElseThrow(() -> wrong("mobile")));
    if (Stream.of(number, email, mobile).allMatch(Optional::isEmpty)) {
      name(family.orElse("") + ' ' + given.orElse(""), "familyName");
    }
    family.ifPresent(typed -> letters(typed, 1, "familyName"));
    given.ifPresent(typed -> letters(typed, 1, "givenName"));
    return new Question.Person(Optional.empty(), family, given, number, email, mobile, false);
  }

  /// What kind of favourite.
  static Kind star(JsonObject body) {
    var kind = kind(body);
    body.done();
    return kind;
  }

  private static Kind kind(JsonObject body) {
    return Kind.of(body.string("kind")).orElseThrow(() -> wrong("kind"));
  }

  private static Optional<String> said(JsonObject body, String field) {
    return body.optionalText(field, MOST);
  }

  private static String name(String typed, String field) {
    letters(typed, FEWEST_LETTERS, field);
    return typed;
  }

  private static void letters(String typed, int fewest, String field) {
    if (Account.Name.key(typed).replace(" ", "").length() < fewest) {
      throw wrong(field);
    }
  }

  private static Optional<String> number(Optional<String> typed, int fewest, String field) {
    var number = typed.map(Found::number);
    if (number.filter(one -> one.length() < fewest).isPresent()) {
      throw wrong(field);
    }
    return number;
  }

  private static Optional<String> address(Optional<String> typed) {
    if (typed.filter(one -> !one.matches("[^@\\s]+@[^@\\s]+")).isPresent()) {
      throw wrong("email");
    }
    return typed;
  }

  private Optional<String> mobile(String typed) {
    return Mobile.read(typed, prefixes);
  }

  private static Problem.Refusal wrong(String field) {
    return Problem.BAD_REQUEST.refusal(field);
  }
}

package org.studygate.directory;

import static java.util.stream.Collectors.toCollection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.studygate.account.Account;
import org.studygate.account.Found;
import org.studygate.account.Shown;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.department.Departments;
import org.studygate.dynamo.Together;
import org.studygate.limit.LimitRule;
import org.studygate.limit.Limits;

/// Who is found by somebody who wants to share. How many requests a question costs hangs on its
/// shape and never on what there is, and nothing is shown that was not read from the profile.
public final class Search {
  static final int MOST = 20;

  private final Directory directory;
  private final Favourites favourites;
  private final Departments departments;
  private final Limits limits;
  private final AuditTrail trail;
  private final Clock clock;

  public Search(
      Directory directory,
      Favourites favourites,
      Departments departments,
      Limits limits,
      AuditTrail trail,
      Clock clock) {
    this.directory = directory;
    this.favourites = favourites;
    this.departments = departments;
    this.limits = limits;
    this.trail = trail;
    this.clock = clock;
  }

  /// What became of a question.
  public sealed interface Outcome {
    record Done(List<Line> lines) implements Outcome {}

    /// Whoever asks is not in force, and so is shown nobody.
    record NotFound() implements Outcome {}

    record TooMany(Instant retryAt) implements Outcome {}
  }

  public Outcome ask(Asker asker, Question question, String requestId) {
    var now = clock.instant();
    var room = limits.take(LimitRule.DIRECTORY, asker.account(), now);
    if (room.isPresent()) {
      return new Outcome.TooMany(room.get());
    }
    var lines =
        switch (question) {
          case Question.Person person -> people(asker, person);
          case Question.Group(var name) -> groups(asker, name);
          case Question.Department(var name) -> departments(asker, name);
        };
    if (lines.isEmpty()) {
      return new Outcome.NotFound();
    }
    var shown =
        lines.get().stream()
            .sorted(Comparator.comparing(Line::name).thenComparing(Line::id))
            .limit(MOST)
            .toList();
    trail.record(
        new AuditEvent(
            asker.actor().trail(),
            now,
            asker.actor(),
            AuditAction.DIRECTORY_SEARCHED,
            "found-" + shown.size(),
            requestId));
    return new Outcome.Done(shown);
  }

  /// Empty where whoever asks may not.
  private Optional<List<Line>> people(Asker asker, Question.Person question) {
    var read = Together.both(() -> candidates(question), () -> favourites.of(asker.account()));
    var standing = directory.read(with(asker, read.first()), Set.of());
    var stars = read.second();
    return asker.inForce(
        standing,
        () -> {
          var found =
              standing.accounts().values().stream()
                  .filter(account -> !account.id().equals(asker.account()))
                  .flatMap(account -> Shown.of(account).stream())
                  .filter(shown -> meant(question, shown))
                  .sorted(Comparator.comparing((Shown shown) -> shown.name().key()))
                  .limit(MOST);
          return found
              .map(one -> Line.of(one, stars.contains(star(Kind.USER, one.account()))))
              .toList();
        });
  }

  private static Favourite star(Kind kind, String id) {
    return new Favourite(kind, id);
  }

  private static Set<String> with(Asker asker, List<String> others) {
    return Stream.concat(others.stream(), Stream.of(asker.account()))
        .collect(toCollection(LinkedHashSet::new));
  }

  /// By what tells most of all that is said; the rest is looked at in the profiles.
  private List<String> candidates(Question.Person question) {
    if (question.email().isPresent()) {
      return question.email().flatMap(directory::addressed).stream().toList();
    }
    var asked = new ArrayList<Callable<List<String>>>();
    question.mobile().ifPresent(mobile -> asked.add(() -> directory.reachedAt(mobile)));
    if (question.mobile().isEmpty() || question.either()) {
      question.number().ifPresent(number -> asked.add(() -> directory.numbered(number)));
    }
    if (asked.isEmpty()) {
      var name =
          Stream.of(question.name(), question.family(), question.given())
              .flatMap(Optional::stream)
              .reduce("", (before, more) -> (before + ' ' + more).strip());
      return named(name, directory::called, directory::withWords);
    }
    return together(asked);
  }

  /// What follows behind the first word that was typed may stand before it.
  private static List<String> named(
      String name,
      Function<String, List<String>> called,
      Function<String, List<String>> withWords) {
    var asked = new ArrayList<Callable<List<String>>>();
    asked.add(() -> called.apply(name));
    if (Account.Name.key(name).contains(" ")) {
      asked.add(() -> withWords.apply(name));
    }
    return together(asked);
  }

  private static List<String> together(List<Callable<List<String>>> asked) {
    return Together.ask(asked).stream().flatMap(List::stream).distinct().toList();
  }

  /// Whether this one is meant, by what is shown of it alone.
  private static boolean meant(Question.Person question, Shown shown) {
    var name = shown.name();
    var number =
        question
            .number()
            .map(Found::number)
            .map(
                typed ->
                    shown.numbers().stream().anyMatch(one -> Found.number(one).startsWith(typed)));
    var mobile =
        question
            .mobile()
            .map(Found::mobile)
            .map(typed -> shown.mobile().map(Found::mobile).filter(typed::equals).isPresent());
    var reached =
        question.either()
            ? number.orElse(false) || mobile.orElse(false)
            : number.orElse(true) && mobile.orElse(true);
    return reached
        && question
            .name()
            .map(typed -> Found.begins(typed, name.family(), name.given()))
            .orElse(true)
        && question.family().map(typed -> Found.begins(typed, name.family())).orElse(true)
        && question.given().map(typed -> Found.begins(typed, name.given())).orElse(true)
        && question
            .email()
            .map(typed -> shown.email().filter(one -> one.equalsIgnoreCase(typed)).isPresent())
            .orElse(true);
  }

  private Optional<List<Line>> groups(Asker asker, String name) {
    var read =
        Together.both(
            () -> named(name, directory::groupsCalled, directory::groupsWithWords),
            () -> favourites.of(asker.account()));
    var ids = new LinkedHashSet<>(read.first());
    ids.addAll(asker.groups());
    var standing = directory.read(Set.of(asker.account()), ids);
    return asker.inForce(
        standing,
        () ->
            standing.groups().values().stream()
                .filter(asker::sees)
                .filter(group -> Found.begins(name, group.name()))
                .map(group -> Line.of(group, read.second().contains(star(Kind.GROUP, group.id()))))
                .toList());
  }

  private Optional<List<Line>> departments(Asker asker, String name) {
    var read = Together.both(departments::list, () -> favourites.of(asker.account()));
    var standing = directory.read(Set.of(asker.account()), Set.of());
    return asker.inForce(
        standing,
        () ->
            read.first().stream()
                .filter(one -> Found.begins(name, Line.called(one)))
                .map(one -> Line.of(one, read.second().contains(star(Kind.DEPARTMENT, one.id()))))
                .toList());
  }
}

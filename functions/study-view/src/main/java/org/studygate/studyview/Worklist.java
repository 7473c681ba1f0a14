package org.studygate.studyview;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Grant;
import org.studygate.access.Grants;
import org.studygate.access.Held;
import org.studygate.access.Holdings;
import org.studygate.access.NameKey;
import org.studygate.access.Principal;
import org.studygate.access.Reason;
import org.studygate.dynamo.Together;
import org.studygate.mark.Mark;
import org.studygate.mark.Marks;
import org.studygate.order.About;
import org.studygate.order.BirthDate;
import org.studygate.order.Card;
import org.studygate.order.Cards;
import org.studygate.order.Order;
import org.studygate.order.Term;
import org.studygate.study.Person;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// The studies that a professional may see, a page at a time. An index says where to look; what is
/// shown is held at this moment, by rows and buckets that are read as they stand. A page costs the
/// same whether there are a thousand studies or a million.
final class Worklist {
  private static final int PAGE = 100;

  /// So far a filter looks before it says how far it has looked.
  private static final int MOST_PAGES = 5;

  private static final Duration NEWS = Duration.ofDays(30);

  /// So many studies of a patient's id or an accession number are looked at.
  private static final int MOST_OF_TERM = 100;

  private static final int MOST_PRIORS = 50;

  /// As pages know it: they say it in their own words.
  private static final String MESSAGE = "Message";

  private final Holdings holdings;
  private final Grants grants;
  private final Cards cards;
  private final Marks marks;
  private final Clock clock;

  Worklist(Holdings holdings, Grants grants, Cards cards, Marks marks, Clock clock) {
    this.holdings = holdings;
    this.grants = grants;
    this.cards = cards;
    this.marks = marks;
    this.clock = clock;
  }

  /// @param next where to go on
  /// @param looked how far a filter has looked, where it stopped before it had a page full
  /// @param more there are more of this name or number than could be looked at
  record Found(List<Row> rows, Optional<String> next, Optional<String> looked, boolean more) {}

  /// A study that may be seen now.
  ///
  /// @param place in the list
  /// @param report whether one of the ways to it is a way to its report
  /// @param labels its marks, and whether there is a message with it
  /// @param code the bucket whose code has still to be given, where nothing else opens it
  record Row(
      Card card,
      String place,
      List<Reason> reasons,
      Mark mark,
      boolean fresh,
      boolean report,
      List<Mark.Label> labels,
      Optional<String> code) {
    boolean hasReport() {
      return report && card.report().isPresent();
    }

    boolean unreadReport() {
      return hasReport() && !mark.report().equals(card.report().map(Card.Written::version));
    }

    boolean labelled(String text) {
      return labels.stream()
          .anyMatch(label -> Sought.plain(label.text()).equals(Sought.plain(text)));
    }
  }

  Found find(Principal.Professional who, Sought sought) {
    return sought
        .terms()
        .term()
        .map(term -> under(who, term, sought))
        .orElseGet(
            () ->
                sought.terms().name().isEmpty()
                    ? paged(who, sought)
                    : named(who, sought, MOST_PAGES * PAGE));
  }

  /// Other studies of the same patient in the same department, as far as this one may see them, the
  /// newest first. Whose they are is told by id and issuer, or by name and date of birth: names
  /// that are written alike are not enough.
  List<Row> priors(Principal.Professional who, Study study, Optional<Order> order) {
    var patient = new About(study, order).patient();
    var key = NameKey.of(study, order);
    var found =
        Together.both(
            () -> grants.named(who.principals(), key, MOST_OF_TERM),
            () -> patient.id().map(Term::patient).map(this::under).orElse(List.of()),
            (named, numbered) -> candidates(who, named, numbered, study.id()));
    return shown(who, found).stream()
        .filter(row -> row.card().department().equals(study.department()))
        .filter(row -> same(patient.person(), row.card().patient().person()))
        .sorted(comparing(Row::place).reversed())
        .limit(MOST_PRIORS)
        .toList();
  }

  private List<StudyId> under(Term term) {
    return cards.under(term, MOST_OF_TERM);
  }

  private static boolean same(Person one, Person other) {
    var id = !one.id().isEmpty() && one.id().equals(other.id());
    return one.is(other) && (id || one.namedLike(other));
  }

  private Map<StudyId, List<Held>> candidates(
      Principal.Professional who, List<Grant.Line> named, List<StudyId> numbered, StudyId itself) {
    var held = new HashMap<StudyId, List<Held>>();
    holdings
        .verify(who, named, clock.instant())
        .forEach((study, ways) -> held.put(study, open(who, ways)));
    var asked = new ArrayList<Callable<Map.Entry<StudyId, List<Held>>>>();
    numbered.stream()
        .filter(study -> !held.containsKey(study) && !study.equals(itself))
        .limit(MOST_PRIORS)
        .forEach(study -> asked.add(() -> Map.entry(study, holdings.of(who, study))));
    Together.ask(asked).forEach(one -> held.put(one.getKey(), open(who, one.getValue())));
    held.remove(itself);
    return held;
  }

  private Found paged(Principal.Professional who, Sought sought) {
    var rows = new ArrayList<Row>();
    var next = sought.start();
    var looked = 0;
    do {
      var page = grants.page(who.principals(), next, PAGE);
      rows(who, page.studies(), false).stream().filter(sought::fits).forEach(rows::add);
      next = page.next().filter(place -> !sought.over(place));
      looked++;
    } while (next.isPresent() && rows.size() < PAGE && looked < MOST_PAGES);
    return rows.size() < PAGE
        ? new Found(rows, next, next.filter(_ -> sought.narrows()), false)
        : first(rows, next);
  }

  /// A page full, and where the next begins.
  private static Found first(List<Row> rows, Optional<String> next) {
    var shown = rows.subList(0, Math.min(PAGE, rows.size()));
    var rest = rows.size() > PAGE ? Optional.of(shown.getLast().place()) : next;
    return new Found(List.copyOf(shown), rest, Optional.empty(), false);
  }

  private Found under(Principal.Professional who, Term term, Sought sought) {
    var studies = cards.under(term, MOST_OF_TERM);
    var asked = new ArrayList<Callable<Map.Entry<StudyId, List<Held>>>>();
    studies.forEach(study -> asked.add(() -> Map.entry(study, holdings.of(who, study))));
    var held = new LinkedHashMap<StudyId, List<Held>>();
    Together.ask(asked).forEach(one -> held.put(one.getKey(), open(who, one.getValue())));
    return collected(shown(who, held), sought, studies.size() == MOST_OF_TERM);
  }

  /// By the family name, in front or behind, as far as it is said; what is said of the birth comes
  /// first, since a name may have more bearers than can be looked at.
  private Found named(Principal.Professional who, Sought sought, int most) {
    var lines = new LinkedHashMap<StudyId, List<Grant.Line>>();
    var more = false;
    var keys = List.copyOf(keys(sought.terms().name(), sought.terms().born()));
    for (var found : Together.ask(asked(who, keys, most))) {
      more |= found.size() == most;
      found.forEach(line -> lines.computeIfAbsent(line.study(), _ -> new ArrayList<>()).add(line));
    }
    var rows = new ArrayList<Row>();
    var all = List.copyOf(lines.keySet());
    for (var from = 0; from < Math.min(most, all.size()); from += PAGE) {
      var some = new LinkedHashMap<>(lines);
      some.keySet().retainAll(all.subList(from, Math.min(all.size(), from + PAGE)));
      rows.addAll(rows(who, some, true));
    }
    return collected(rows, sought, more || all.size() > most);
  }

  private List<Callable<List<Grant.Line>>> asked(
      Principal.Professional who, List<String> keys, int most) {
    return keys.stream()
        .<Callable<List<Grant.Line>>>map(key -> () -> grants.named(who.principals(), key, most))
        .toList();
  }

  private static Set<String> keys(List<String> name, Optional<BirthDate> born) {
    var families = new ArrayList<String>();
    for (var end = 1; end <= name.size(); end++) {
      families.add(String.join(" ", name.subList(0, end)));
      families.add(String.join(" ", name.subList(name.size() - end, name.size())));
    }
    families.sort(comparing(String::length).reversed());
    var keys = new LinkedHashSet<String>();
    born.ifPresent(day -> families.forEach(one -> keys.add(NameKey.of(one, day.text()))));
    keys.addAll(families);
    return keys;
  }

  private static Found collected(Collection<Row> all, Sought sought, boolean more) {
    var rows =
        all.stream()
            .filter(sought::fits)
            .filter(row -> sought.before().filter(at -> row.place().compareTo(at) >= 0).isEmpty())
            .sorted(comparing(Row::place).reversed())
            .toList();
    var page = first(rows, Optional.empty());
    return new Found(page.rows(), page.next(), Optional.empty(), more);
  }

  /// What these lines lead to, in their order.
  ///
  /// @param open without what a code has still to be given for: who looks for a name must not learn
  ///     it so
  private List<Row> rows(
      Principal.Professional who, Map<StudyId, List<Grant.Line>> lines, boolean open) {
    var all = lines.values().stream().flatMap(List::stream).toList();
    var studies = lines.keySet();
    return Together.both(
        () -> holdings.verify(who, all, clock.instant()),
        () -> seen(who, studies),
        (held, seen) ->
            rows(who, studies, held, seen).stream()
                .filter(row -> !open || row.code().isEmpty())
                .toList());
  }

  private List<Row> shown(Principal.Professional who, Map<StudyId, List<Held>> held) {
    return rows(who, held.keySet(), held, seen(who, held.keySet()));
  }

  private record Seen(Map<StudyId, Cards.Shown> cards, Map<StudyId, Mark> marks) {}

  private Seen seen(Principal.Professional who, Collection<StudyId> studies) {
    return Together.both(
        () -> cards.find(studies), () -> marks.find(who.account(), studies), Seen::new);
  }

  private List<Row> rows(
      Principal.Professional who,
      Collection<StudyId> studies,
      Map<StudyId, List<Held>> held,
      Seen seen) {
    return studies.stream()
        .flatMap(study -> row(who, study, held.getOrDefault(study, List.of()), seen))
        .toList();
  }

  private Stream<Row> row(Principal.Professional who, StudyId study, List<Held> held, Seen seen) {
    var shown = seen.cards().get(study);
    if (shown == null) {
      return Stream.empty(); // nothing has become of it yet that could be shown
    }
    var leading = held.stream().filter(way -> way.holds(shown.study())).toList();
    var open = leading.stream().filter(way -> way.closed(who).isEmpty()).toList();
    var code =
        leading.stream()
            .filter(Held::shared)
            .flatMap(way -> way.closed(who).stream())
            .map(Bucket::id)
            .findFirst()
            .filter(_ -> open.isEmpty());
    var ways = code.isPresent() ? leading : open;
    var report = ways.stream().anyMatch(Held::report);
    var card = shown.card();
    if (ways.isEmpty() || !(card.images() || (report && card.report().isPresent()))) {
      return Stream.empty();
    }
    var mark = seen.marks().getOrDefault(study, Mark.NONE);
    var since = clock.instant().minus(NEWS);
    var fresh = mark.opened().isEmpty() && card.came().filter(since::isBefore).isPresent();
    return Stream.of(
        new Row(
            card,
            place(ways),
            Holdings.reasons(who, ways),
            mark,
            fresh,
            report,
            labels(mark, ways),
            code));
  }

  /// Red until the study was opened after the message came.
  private static List<Mark.Label> labels(Mark mark, List<Held> ways) {
    var latest =
        ways.stream()
            .filter(Held::shared)
            .map(Held::bucket)
            .filter(bucket -> bucket.share().message().isPresent())
            .map(Bucket::validFrom)
            .max(Instant::compareTo);
    var labels = new ArrayList<Mark.Label>();
    latest.ifPresent(
        at -> labels.add(new Mark.Label(MESSAGE, mark.openedSince(at) ? "green" : "red")));
    labels.addAll(mark.labels());
    return labels;
  }

  private static String place(List<Held> ways) {
    return ways.stream()
        .flatMap(way -> way.row().stream())
        .map(row -> row.place().listed())
        .max(String::compareTo)
        .orElse("");
  }

  private List<Held> open(Principal.Professional who, List<Held> ways) {
    Instant now = clock.instant();
    return ways.stream().filter(way -> way.open(now) && way.closed(who).isEmpty()).toList();
  }
}

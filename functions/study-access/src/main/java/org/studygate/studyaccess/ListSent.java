package org.studygate.studyaccess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.URLEncoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.studygate.access.AccessDesk;
import org.studygate.access.Bucket;
import org.studygate.access.Scope;
import org.studygate.access.Standing;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.Copies;
import org.studygate.copying.LeftOut;
import org.studygate.dynamo.Together;
import org.studygate.order.About;
import org.studygate.order.BirthDate;
import org.studygate.order.Card;
import org.studygate.order.Cards;
import org.studygate.order.Order;
import org.studygate.order.Orders;
import org.studygate.study.OrderId;
import org.studygate.study.StudyId;
import org.studygate.studyaccess.Answers.PatientView;
import org.studygate.studyaccess.Answers.SentView;
import org.studygate.studyaccess.Answers.StudyView;

/// The numbers of a department and what its people gave, the newest first. A state is looked for
/// in five pages at most; where the next one begins tells how far that was.
final class ListSent {
  private static final int PAGE = 100;
  private static final int PAGES = 5;

  private final AccessDesk desk;
  private final Orders orders;
  private final Cards cards;
  private final Copies copies;
  private final Names names;
  private final Views views;
  private final Told told;
  private final Clock clock;

  ListSent(
      AccessDesk desk,
      Orders orders,
      Cards cards,
      Copies copies,
      Names names,
      Views views,
      Told told,
      Clock clock) {
    this.desk = desk;
    this.orders = orders;
    this.cards = cards;
    this.copies = copies;
    this.names = names;
    this.views = views;
    this.told = told;
    this.clock = clock;
  }

  /// @param next the address of the next page
  record Page(List<SentView> lines, Optional<String> next) {}

  Page list(
      Asker asker,
      Optional<String> asked,
      Optional<Standing.State> state,
      Optional<String> before,
      String requestId) {
    var department = asker.department(asked);
    asker.check(DeskAct.VIEW, department, Optional.empty());
    var found = new ArrayList<Standing>();
    var from = before;
    for (var pages = 0; pages < PAGES; pages++) {
      var page = desk.sent(department, from, PAGE - found.size());
      page.buckets().stream()
          .filter(one -> state.filter(wanted -> wanted != at(one)).isEmpty())
          .forEach(found::add);
      from = page.next();
      if (from.isEmpty() || found.size() >= PAGE) {
        break;
      }
    }
    var lines = views(found);
    told.listed(asker, AuditEvent.department(department), "sent", requestId);
    return new Page(lines, from.map(next -> address(asked, state, next)));
  }

  private Standing.State at(Standing standing) {
    return standing.state(clock.instant());
  }

  private static String address(
      Optional<String> department, Optional<Standing.State> state, String next) {
    return "?"
        + department.map(one -> "department=" + one + "&").orElse("")
        + state.map(one -> "state=" + one.code() + "&").orElse("")
        + "before="
        + URLEncoder.encode(next, UTF_8);
  }

  private List<SentView> views(List<Standing> found) {
    var chosen = new LinkedHashSet<StudyId>();
    var whole = new LinkedHashSet<OrderId>();
    for (var one : found) {
      switch (one.bucket().scope()) {
        case Scope.OfStudies _, Scope.OfCopies _ -> chosen.addAll(one.bucket().scope().originals());
        case Scope.OfOne(var study) -> chosen.add(study);
        case Scope.OfOrder(var order) -> whole.add(order);
        case Scope.OfMapping _, Scope.OfDepartment _ -> {}
      }
    }
    var read =
        Together.both(
            () -> chosen.isEmpty() ? Map.<StudyId, Cards.Shown>of() : cards.find(chosen),
            () -> orders(whole));
    var givers =
        found.stream()
            .flatMap(one -> one.bucket().origin().by().stream())
            .collect(toUnmodifiableSet());
    var recipients =
        found.stream().flatMap(one -> one.bucket().share().recipient().stream()).toList();
    var beside =
        new Beside(
            names.of(recipients, givers),
            LeftOut.of(copies, found.stream().map(Standing::bucket).toList()));
    return found.stream()
        .map(
            one ->
                switch (one.bucket().scope()) {
                  case Scope.OfStudies _, Scope.OfCopies _ ->
                      ofStudies(
                          one, studies(one.bucket().scope().originals(), read.first()), beside);
                  case Scope.OfOrder(var order) ->
                      ofOrder(one, Optional.ofNullable(read.second().get(order)), beside);
                  case Scope.OfOne(var study) ->
                      ofStudies(one, studies(Set.of(study), read.first()), beside);
                  case Scope.OfMapping _, Scope.OfDepartment _ ->
                      views.sent(
                          one, beside.left(one), Optional.empty(), List.of(), beside.names());
                })
        .toList();
  }

  /// What is told beside them.
  private record Beside(Names.Known names, Function<Bucket, LeftOut> missing) {
    LeftOut left(Standing one) {
      return missing.apply(one.bucket());
    }
  }

  private Map<OrderId, Order> orders(Set<OrderId> ids) {
    return ids.isEmpty()
        ? Map.of()
        : Together.each(ids, orders::find).stream()
            .flatMap(Optional::stream)
            .flatMap(contents -> contents.newest().stream())
            .collect(toMap(Order::id, identity()));
  }

  private static List<Card> studies(Set<StudyId> ids, Map<StudyId, Cards.Shown> cards) {
    return ids.stream()
        .sorted(Comparator.comparing(StudyId::value))
        .flatMap(id -> Optional.ofNullable(cards.get(id)).stream())
        .map(Cards.Shown::card)
        .toList();
  }

  private SentView ofStudies(Standing one, List<Card> cards, Beside beside) {
    return views.sent(
        one,
        beside.left(one),
        cards.stream().findFirst().map(Card::patient).map(ListSent::patient),
        cards.stream()
            .map(card -> new StudyView(card.study().value(), card.date(), card.description()))
            .toList(),
        beside.names());
  }

  private SentView ofOrder(Standing one, Optional<Order> order, Beside beside) {
    return views.sent(
        one,
        beside.left(one),
        order.map(Order::patient).map(ListSent::patient),
        order.stream()
            .flatMap(
                found ->
                    found.studies().stream()
                        .flatMap(
                            listed ->
                                listed.uid().stream()
                                    .map(
                                        uid ->
                                            new StudyView(
                                                StudyId.of(found.id().department(), uid).value(),
                                                listed.date(),
                                                listed.description().orElse("")))))
            .toList(),
        beside.names());
  }

  private static PatientView patient(About.Patient patient) {
    return new PatientView(patient.name(), patient.birthDate().map(BirthDate::text), patient.id());
  }

  private static PatientView patient(Order.Patient patient) {
    var name = (patient.givenName().orElse("") + " " + patient.familyName()).strip();
    return new PatientView(name, Optional.of(patient.birthDate().text()), patient.id());
  }
}

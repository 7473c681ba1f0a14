package org.studygate.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.account.Role;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.dynamo.Together;
import org.studygate.order.Order;
import org.studygate.order.OrderContents;
import org.studygate.order.OrderReports;
import org.studygate.order.Orders;
import org.studygate.study.OrderId;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// The one place that decides what somebody may read, a patient or a professional alike. It reads
/// what there is, once; `Rules` decides; what was read goes on to whoever shows it.
public final class Authorisation {
  private final Holdings holdings;
  private final Orders orders;
  private final Studies studies;
  private final Departments departments;
  private final Clock clock;

  public Authorisation(
      Holdings holdings, Orders orders, Studies studies, Departments departments, Clock clock) {
    this.holdings = holdings;
    this.orders = orders;
    this.studies = studies;
    this.departments = departments;
    this.clock = clock;
  }

  /// For numbers alone.
  public Authorisation(Orders orders, Studies studies, Departments departments, Clock clock) {
    this(Holdings.NUMBERS, orders, studies, departments, clock);
  }

  /// What `who` may do with one study.
  public Decision ask(Principal who, StudyId study, Right right) {
    var read = Together.both(() -> holdings.of(who, study), () -> studies.contents(study));
    return decided(who, study, open(read.first()), read.second(), right, this::opened);
  }

  /// The same of several at once: their ways are read together, and what belongs to one order or
  /// department but once.
  ///
  /// @return in the order of the studies
  public List<Decision> ask(Principal who, Set<StudyId> ids, Right right) {
    var asked = List.copyOf(ids);
    var read =
        Together.both(() -> holdings.of(who, ids), () -> Together.each(asked, studies::contents));
    var held = new HashMap<StudyId, List<Held>>();
    asked.forEach(id -> held.put(id, open(read.first().getOrDefault(id, List.of()))));
    var opened = opened(orders(read.second(), held));
    var decisions = new ArrayList<Decision>();
    for (var i = 0; i < asked.size(); i++) {
      var id = asked.get(i);
      var ways = held.getOrDefault(id, List.of());
      decisions.add(decided(who, id, ways, read.second().get(i), right, opened));
    }
    return decisions;
  }

  /// Those of studies to which a way leads: of others nothing more is read.
  private static Set<OrderId> orders(
      List<Optional<StudyContents>> found, Map<StudyId, List<Held>> held) {
    return found.stream()
        .flatMap(Optional::stream)
        .map(StudyContents::study)
        .filter(one -> held.getOrDefault(one.id(), List.of()).stream().anyMatch(w -> w.holds(one)))
        .flatMap(study -> study.order().stream())
        .collect(Collectors.toSet());
  }

  private Function<OrderId, Opened> opened(Set<OrderId> ids) {
    var owners = ids.stream().map(OrderId::department).collect(Collectors.toSet());
    var read =
        Together.both(
            () -> ids.isEmpty() ? Map.<OrderId, Order>of() : orders.each(ids),
            () -> Together.each(owners, departments::find));
    var houses =
        read.second().stream()
            .flatMap(Optional::stream)
            .collect(Collectors.toMap(Department::id, house -> house));
    return id ->
        new Opened(
            id.department(),
            Optional.ofNullable(read.first().get(id))
                .or(() -> orders.find(id).map(OrderContents::order)), // left out of the batch
            Optional.ofNullable(houses.get(id.department())),
            List.of());
  }

  private Decision decided(
      Principal who,
      StudyId study,
      List<Held> held,
      Optional<StudyContents> contents,
      Right right,
      Function<OrderId, Opened> opened) {
    if (held.isEmpty()) {
      return new Decision.Refused();
    }
    var decided =
        contents
            .map(found -> arrived(who, held, found, opened))
            .orElseGet(() -> announced(who, held, study));
    return decided instanceof Decision.Permitted permitted && !permitted.gives(right)
        ? new Decision.Refused()
        : decided;
  }

  private Opened opened(OrderId order) {
    return shelf(order).of();
  }

  /// Everything that `who` may read, by order: of one that no way opens at this moment nothing but
  /// the order, which says what there would be to pay for.
  public List<Opened> all(Principal who) {
    return all(who, departments::find);
  }

  /// The same for who has read the department already.
  public List<Opened> all(Principal who, Department read) {
    return all(who, id -> id.equals(read.id()) ? Optional.of(read) : departments.find(id));
  }

  private List<Opened> all(Principal who, Function<String, Optional<Department>> department) {
    var held = holdings.all(who);
    var shelves = new LinkedHashMap<OrderId, Shelf>();
    var copied = new ArrayList<Opened>();
    for (var scope : scopes(held)) {
      switch (scope) {
        case Scope.OfOrder(var order) ->
            whole(shelves.computeIfAbsent(order, id -> shelf(id, department)));
        case Scope.OfStudies(var chosen) ->
            chosen.stream()
                .flatMap(study -> studies.contents(study).stream())
                .forEach(
                    found ->
                        found
                            .study()
                            .order()
                            .map(
                                order ->
                                    shelves.computeIfAbsent(order, id -> shelf(id, department)))
                            .ifPresent(shelf -> shelf.add(found)));
        case Scope.OfCopies copies -> copied.addAll(copied(who, held, copies, department));
        case Scope.OfOne _,
            Scope.OfMapping _,
            Scope.OfDepartment _ -> {} // of so many, lists read pages
      }
    }
    return Stream.concat(
            shelves.values().stream().map(shelf -> readable(who, held, shelf)), copied.stream())
        .toList();
  }

  /// No order names the patient of a copy: of each department one, also where nothing may be seen.
  private List<Opened> copied(
      Principal who,
      List<Held> held,
      Scope.OfCopies copies,
      Function<String, Optional<Department>> department) {
    var owners =
        held.stream()
            .map(Held::bucket)
            .filter(bucket -> bucket.scope().equals(copies))
            .map(Bucket::department)
            .distinct();
    var found = copies.copies().stream().flatMap(copy -> studies.contents(copy).stream()).toList();
    return owners
        .map(owner -> new Opened(owner, Optional.empty(), department.apply(owner), List.of()))
        .map(of -> of.with(permitted(who, held, of, found.stream())))
        .toList();
  }

  /// What there is to be seen of an order by whoever may see all of it; empty if it has not
  /// come.
  Optional<Whole> whole(OrderId order) {
    var all = new Scope.OfOrder(order);
    var way = Held.by(Bucket.lasting("whole", order.department(), all, false));
    var shelf = shelf(order);
    whole(shelf);
    return shelf
        .filed()
        .map(
            filed ->
                new Whole(
                    filed.order(),
                    filed.buckets(),
                    readable(SOMEBODY, List.of(way), shelf).studies()));
  }

  private static final Principal SOMEBODY =
      new Principal.Professional("", Role.PROFESSIONAL, Set.of(), Optional.empty(), Set.of());

  /// An order as it was read, and studies of it.
  private record Shelf(
      OrderId id, Opened of, Optional<OrderContents> filed, Map<StudyId, StudyContents> studies) {
    void add(StudyContents found) {
      studies.put(found.study().id(), found);
    }
  }

  private Shelf shelf(OrderId order) {
    return shelf(order, departments::find);
  }

  private Shelf shelf(OrderId order, Function<String, Optional<Department>> department) {
    var read = Together.both(() -> orders.find(order), () -> department.apply(order.department()));
    var filed = read.first();
    var opened =
        new Opened(order.department(), filed.map(OrderContents::order), read.second(), List.of());
    return new Shelf(order, opened, filed, new LinkedHashMap<>());
  }

  /// Studies that came and studies that are only announced.
  private void whole(Shelf shelf) {
    var missing = new ArrayList<StudyId>();
    for (var study : shelf.filed().map(Authorisation::candidates).orElse(Set.of())) {
      studies.contents(study).ifPresentOrElse(shelf::add, () -> missing.add(study));
    }
    if (!missing.isEmpty()) {
      var reports = orders.reports(shelf.id());
      missing.forEach(study -> shelf.add(announced(shelf, study, reports)));
    }
  }

  private static Set<StudyId> candidates(OrderContents filed) {
    var ids = new LinkedHashSet<>(filed.studies());
    for (var listed : filed.order().studies()) {
      listed.uid().ifPresent(uid -> ids.add(StudyId.of(filed.order().id().department(), uid)));
    }
    return ids;
  }

  /// The order itself stands for its studies where its report comes before any picture.
  private static boolean names(OrderContents filed, StudyId study) {
    return candidates(filed).contains(study) || study.equals(StudyId.of(filed.order().id()));
  }

  /// A study of which nothing but a report has come so far.
  private StudyContents announced(Shelf shelf, StudyId study, OrderReports reports) {
    var order = shelf.id();
    return new StudyContents(
        Study.announced(study, order), List.of(), studies.reports(study, order, reports.certain()));
  }

  private Opened readable(Principal who, List<Held> held, Shelf shelf) {
    var found = readable(who, held, shelf, shelf.studies().values().stream());
    if (!found.isEmpty()) {
      return shelf.of().with(found);
    }
    // somebody else's study may bear the number: that hides no report
    var order = shelf.id();
    var itself = StudyId.of(order);
    return shelf.filed().isEmpty() || studies.contents(itself).isPresent()
        ? shelf.of()
        : shelf
            .of()
            .with(
                readable(
                    who, held, shelf, Stream.of(announced(shelf, itself, orders.reports(order)))));
  }

  private List<StudyContents> readable(
      Principal who, List<Held> held, Shelf shelf, Stream<StudyContents> found) {
    return permitted(who, held, shelf.of(), found);
  }

  private List<StudyContents> permitted(
      Principal who, List<Held> held, Opened of, Stream<StudyContents> found) {
    return found
        .map(contents -> Rules.decide(who, contents, of, held, clock.instant()))
        .flatMap(
            decision ->
                decision instanceof Decision.Permitted permitted
                    ? Stream.of(permitted.contents())
                    : Stream.empty())
        .sorted(NewestFirst.ORDER)
        .toList();
  }

  private Decision arrived(
      Principal who, List<Held> held, StudyContents found, Function<OrderId, Opened> opened) {
    var study = found.study();
    if (held.stream().noneMatch(way -> way.holds(study))) {
      return new Decision.Refused();
    }
    var of = study.order().map(opened).orElseGet(() -> filedNowhere(study));
    return Rules.decide(who, found, of, held, clock.instant());
  }

  private Opened filedNowhere(Study study) {
    var owner = study.department();
    return new Opened(owner, Optional.empty(), departments.find(owner), List.of());
  }

  private Decision announced(Principal who, List<Held> held, StudyId study) {
    return held.stream()
        .flatMap(way -> way.order().stream())
        .distinct()
        .map(this::shelf)
        .filter(shelf -> shelf.filed().filter(filed -> names(filed, study)).isPresent())
        .findFirst()
        .map(shelf -> decide(who, held, shelf, announced(shelf, study, orders.reports(shelf.id()))))
        .orElseGet(Decision.Refused::new);
  }

  private Decision decide(Principal who, List<Held> held, Shelf shelf, StudyContents found) {
    return Rules.decide(who, found, shelf.of(), held, clock.instant());
  }

  private List<Held> open(List<Held> held) {
    var now = clock.instant();
    return held.stream().filter(way -> way.open(now)).toList();
  }

  private static Set<Scope> scopes(List<Held> held) {
    return held.stream()
        .map(way -> way.bucket().scope())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}

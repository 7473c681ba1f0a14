package org.studygate.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Mapping;
import org.studygate.order.Order;
import org.studygate.study.OrderId;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyContents;
import org.studygate.study.StudyId;

/// Brings the rows of a study to what follows from how it stands: its department, whoever asked
/// for it or gets a copy, with their groups, and whoever added its number. It may be done again
/// at any time and by several at once: rows are written and taken away until nothing is left to
/// be done, so whoever acted on what was older by then looks once more.
public final class Settling {
  private static final int TRIES = 20;

  private final Studies studies;
  private final Authorisation authorisation;
  private final Accounts accounts;
  private final Grants grants;
  private final Buckets buckets;

  public Settling(
      Studies studies,
      Authorisation authorisation,
      Accounts accounts,
      Grants grants,
      Buckets buckets) {
    this.studies = studies;
    this.authorisation = authorisation;
    this.accounts = accounts;
    this.grants = grants;
    this.buckets = buckets;
  }

  /// A study has come, has been completed, or something that it belongs to has changed.
  public void study(StudyId id) {
    for (var tries = 0; tries < TRIES; tries++) {
      if (!changes(id)) {
        return;
      }
    }
    throw new IllegalStateException("a study kept changing while its rights were settled");
  }

  /// Notes that somebody has shown all that a number asks for, and writes the rows of what it
  /// opens now; what comes later gets its rows when it comes. `false` if the number opens
  /// nothing, or asks for its proof anew: another epoch.
  public boolean add(String bucketId, String account, long epoch) {
    if (!buckets.add(bucketId, account, epoch)) {
      return false;
    }
    // noted first: a study that comes meanwhile finds it
    buckets.find(bucketId).stream()
        .flatMap(bucket -> opened(bucket.scope()))
        .forEach(found -> grants.put(reference(found, bucketId, account)));
    return true;
  }

  private Stream<Found> opened(Scope scope) {
    return switch (scope) {
      case Scope.OfOrder(var order) ->
          authorisation.whole(order).stream()
              .flatMap(
                  whole ->
                      whole.studies().stream()
                          .map(one -> new Found(one, Optional.of(whole.order()))));
      case Scope.OfStudies(var chosen) ->
          chosen.stream()
              .flatMap(id -> studies.contents(id).stream())
              .map(
                  one ->
                      new Found(
                          one,
                          one.study().order().flatMap(authorisation::whole).map(Whole::order)));
      case Scope.OfCopies copies ->
          copies.copies().stream()
              .flatMap(id -> studies.contents(id).stream())
              .map(one -> new Found(one, Optional.empty()));
      case Scope.OfOne _, Scope.OfMapping _, Scope.OfDepartment _ -> Stream.empty();
    };
  }

  private boolean changes(StudyId id) {
    var study = studies.find(id).filter(found -> found.lastReceivedAt().isPresent());
    var ids = new LinkedHashSet<OrderId>(studies.hints(id));
    study.flatMap(Study::order).ifPresent(ids::add);
    var wholes = ids.stream().flatMap(order -> authorisation.whole(order).stream()).toList();
    var changed = settle(id, wanted(id, study, wholes));
    for (var whole : wholes) {
      var itself = StudyId.of(whole.order().id()); // stands for it while nothing else is to be seen
      if (!itself.equals(id)) {
        changed |= settle(itself, wanted(itself, Optional.empty(), List.of(whole)));
      }
    }
    return changed;
  }

  /// A row that should stand, and what its bucket opens if that is one that lasts.
  private record Wanted(Grant row, Optional<Scope> lasting) {}

  private List<Wanted> wanted(StudyId id, Optional<Study> study, List<Whole> wholes) {
    if (study.isPresent() && study.get().order().isEmpty()) {
      return studies.contents(id).stream()
          .filter(Settling::shows)
          .map(contents -> staff(new Found(contents, Optional.empty())))
          .toList();
    }
    for (var whole : wholes) {
      for (var contents : whole.studies()) {
        if (contents.study().id().equals(id)) {
          return wanted(whole, new Found(contents, Optional.of(whole.order())));
        }
      }
    }
    return List.of();
  }

  private static boolean shows(StudyContents contents) {
    var complete = contents.study().firstCompleteAt().isPresent();
    return !contents.reports().isEmpty()
        || (complete && !(contents.series().isEmpty() && contents.documents().isEmpty()));
  }

  /// What there is to be seen of a study, and the order that it belongs to.
  private record Found(StudyContents contents, Optional<Order> order) {
    StudyId id() {
      return contents.study().id();
    }

    Grant row(String principal, String bucket, Reason.Kind kind, Optional<String> by) {
      return new Grant(
          id(),
          principal,
          bucket,
          kind,
          by,
          order.map(Order::id),
          Places.of(contents.study(), order));
    }
  }

  private List<Wanted> wanted(Whole whole, Found found) {
    var wanted = new ArrayList<Wanted>();
    wanted.add(staff(found));
    physicians(whole.order())
        .forEach(
            (number, kind) ->
                accounts
                    .mapped(whole.order().id().department(), number)
                    .forEach(mapping -> wanted.addAll(mapped(found, kind, mapping))));
    for (var bucketId : whole.buckets()) {
      buckets.find(bucketId).stream()
          .flatMap(bucket -> bucket.addedBy().stream())
          .map(account -> reference(found, bucketId, account))
          .forEach(row -> wanted.add(new Wanted(row, Optional.empty())));
    }
    return wanted;
  }

  private static Wanted staff(Found found) {
    var department = found.contents().study().department();
    return new Wanted(
        found.row(
            Grant.ofDepartment(department),
            Bucket.ofDepartment(department),
            Reason.Kind.STAFF,
            Optional.empty()),
        Optional.of(new Scope.OfDepartment(department)));
  }

  /// Each once: whoever asked for it and gets a copy besides has asked for it.
  private static Map<String, Reason.Kind> physicians(Order order) {
    var numbers = new LinkedHashMap<String, Reason.Kind>();
    order
        .requestedBy()
        .flatMap(Order.Physician::number)
        .ifPresent(number -> numbers.put(number.strip(), Reason.Kind.REQUESTED));
    order.copiesTo().stream()
        .flatMap(physician -> physician.number().stream())
        .forEach(number -> numbers.putIfAbsent(number.strip(), Reason.Kind.COPIED));
    return numbers;
  }

  private static List<Wanted> mapped(Found found, Reason.Kind kind, Mapping mapping) {
    var scope = Optional.<Scope>of(new Scope.OfMapping(mapping.id(), mapping.department()));
    var by = Optional.of(mapping.account());
    return Stream.concat(
            Stream.of(Grant.ofAccount(mapping.account())),
            mapping.group().stream().map(Grant::ofGroup))
        .map(principal -> found.row(principal, Bucket.ofMapping(mapping.id()), kind, by))
        .map(row -> new Wanted(row, scope))
        .toList();
  }

  private static Grant reference(Found found, String bucketId, String account) {
    return found.row(Grant.ofAccount(account), bucketId, Reason.Kind.REFERENCE, Optional.empty());
  }

  /// Whether anything was to be done. Nothing begins to flow to an account that is not active;
  /// what it has already, it keeps until it is: closed, it has no visit to see it in.
  private boolean settle(StudyId id, List<Wanted> wanted) {
    var standing = new HashMap<String, Grant>();
    grants.of(id).forEach(row -> standing.put(row.holder(), row));
    var changed = false;
    for (var one : wanted) {
      var row = one.row();
      var there = standing.remove(row.holder());
      if (there == null) {
        changed |= flows(row) && put(one);
      } else if (!there.equals(row)) {
        changed |= grants.correct(row);
      }
    }
    for (var surplus : standing.values()) {
      if (surplus.settled()) {
        grants.remove(surplus);
        changed = true;
      }
    }
    return changed;
  }

  private boolean flows(Grant row) {
    return row.by().map(account -> active(account)).orElse(true);
  }

  private boolean active(String account) {
    return accounts
        .find(account)
        .filter(found -> found.state() == Account.State.ACTIVE)
        .isPresent();
  }

  private boolean put(Wanted wanted) {
    wanted.lasting().ifPresent(buckets::last);
    return grants.put(wanted.row());
  }
}

package org.studygate.studyaccess;

import static java.util.Comparator.comparing;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.studygate.access.AccessDesk;
import org.studygate.access.AnyStudy;
import org.studygate.access.Authorisation;
import org.studygate.access.Bucket;
import org.studygate.access.Decision;
import org.studygate.access.Origin;
import org.studygate.access.Reason;
import org.studygate.access.Right;
import org.studygate.access.Scope;
import org.studygate.access.Standing;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.Copies;
import org.studygate.copying.LeftOut;
import org.studygate.dynamo.Together;
import org.studygate.http.Problem;
import org.studygate.order.OrderContents;
import org.studygate.order.Orders;
import org.studygate.study.Study;
import org.studygate.study.StudyId;
import org.studygate.studyaccess.Answers.AccessView;

/// Who has access to one study. Its department and the service desk see all of it; whoever sees
/// the study besides, what he gave himself and what he has himself.
final class ListAccess {
  private final AccessDesk desk;
  private final AnyStudy studies;
  private final Orders orders;
  private final Copies copies;
  private final Authorisation authorisation;
  private final Downloads downloads;
  private final Names names;
  private final Views views;
  private final Told told;
  private final Clock clock;

  ListAccess(
      AccessDesk desk,
      AnyStudy studies,
      Orders orders,
      Copies copies,
      Authorisation authorisation,
      Downloads downloads,
      Names names,
      Views views,
      Told told,
      Clock clock) {
    this.desk = desk;
    this.studies = studies;
    this.orders = orders;
    this.copies = copies;
    this.authorisation = authorisation;
    this.downloads = downloads;
    this.names = names;
    this.views = views;
    this.told = told;
    this.clock = clock;
  }

  AccessView list(Asker asker, StudyId id, String requestId) {
    var study =
        studies
            .find(id)
            .filter(found -> asker.worksFor(found.department()) || sees(asker, id))
            .orElseThrow(Problem.NOT_FOUND::refusal);
    var all = asker.worksFor(study.department());
    if (all) {
      asker.check(DeskAct.ACCESS, study.department(), Optional.empty());
    }
    var read =
        Together.both(
            () -> all ? downloads.of(id) : List.<AuditEvent>of(),
            () ->
                Together.both(
                    () -> desk.rows(id), () -> study.order().flatMap(orders::find), Read::new));
    var view = view(asker, all, study, read.second(), read.first());
    told.listed(asker, AuditEvent.study(id.value()), all ? "all" : "own", requestId);
    return view;
  }

  private record Read(List<AccessDesk.Row> rows, Optional<OrderContents> order) {}

  private boolean sees(Asker asker, StudyId id) {
    return authorisation.ask(asker.who(), id, Right.STUDY) instanceof Decision.Permitted;
  }

  private AccessView view(
      Asker asker, boolean all, Study study, Read read, List<AuditEvent> downloaded) {
    var rows = read.rows();
    var order = read.order();
    var ids = new LinkedHashSet<String>();
    order.ifPresent(contents -> ids.addAll(contents.buckets()));
    rows.forEach(row -> ids.add(row.grant().bucket()));
    var standing = desk.standing(ids).stream().collect(toMap(one -> one.bucket().id(), identity()));
    var mine = new Mine(asker, all);
    var below = new Below(standing, clock.instant());
    var grants =
        rows.stream()
            .filter(row -> told(row, standing.get(row.grant().bucket())))
            .filter(row -> mine.row(row) || mine.gaveAbove(row, below))
            .sorted(comparing(below::place))
            .toList();
    var given =
        ids.stream()
            .flatMap(one -> Optional.ofNullable(standing.get(one)).stream())
            .filter(one -> byHand(one.bucket()) && !shared(one.bucket()))
            .filter(one -> opens(one.bucket(), study) && mine.gave(one))
            .toList();
    var known = names(grants, below, given, downloaded);
    var told =
        Stream.concat(
                given.stream(),
                grants.stream()
                    .map(row -> standing.get(row.grant().bucket()))
                    .flatMap(Stream::ofNullable))
            .map(Standing::bucket)
            .distinct()
            .toList();
    var left = LeftOut.of(copies, told);
    var studiesOfOrder = order.map(contents -> contents.studies().size()).orElse(0);
    return new AccessView(
        grants.stream()
            .flatMap(
                row ->
                    Optional.ofNullable(standing.get(row.grant().bucket()))
                        .map(
                            one ->
                                views.grant(
                                    row,
                                    one,
                                    below.line(row, one, study),
                                    left.apply(one.bucket()),
                                    mine.gave(one),
                                    known))
                        .stream())
            .toList(),
        given.stream()
            .map(
                one ->
                    views.bucket(
                        one,
                        left.apply(one.bucket()),
                        studies(one.bucket().scope(), studiesOfOrder),
                        all,
                        known.accounts()))
            .toList(),
        order
            .flatMap(OrderContents::flag)
            .filter(_ -> all && given.stream().noneMatch(this::opensByNumber)),
        downloaded.stream().map(event -> views.download(event, known)).toList());
  }

  /// A number that was paid for, or one of ours, instead of the one that was refused.
  private boolean opensByNumber(Standing standing) {
    return standing.bucket().origin().kind() == Origin.Kind.NUMBER
        && standing.state(clock.instant()) == Standing.State.ACTIVE;
  }

  private static int studies(Scope scope, int ofOrder) {
    return switch (scope) {
      case Scope.OfStudies(var some) -> some.size();
      case Scope.OfCopies copies -> copies.copies().size();
      case Scope.OfOne _ -> 1;
      case Scope.OfOrder _, Scope.OfMapping _, Scope.OfDepartment _ -> ofOrder;
    };
  }

  private Names.Known names(
      List<AccessDesk.Row> grants, Below below, List<Standing> given, List<AuditEvent> downloaded) {
    var givers = new HashSet<String>();
    grants.forEach(row -> below.by(row).ifPresent(givers::add));
    given.forEach(one -> one.bucket().origin().by().ifPresent(givers::add));
    downloaded.forEach(event -> Downloads.account(event).ifPresent(givers::add));
    return names.of(grants.stream().map(below::principal).toList(), givers);
  }

  /// What was opened without a right is told once, as what it is; of copies the bucket is named
  /// alone, and whose they are the bucket says.
  private static boolean told(AccessDesk.Row row, @Nullable Standing standing) {
    return row.grant().names()
        ? standing != null && shared(standing.bucket())
        : row.grant().kind() != Reason.Kind.GLASS;
  }

  /// Whether it was given to somebody with an account, who stands among people.
  static boolean shared(Bucket bucket) {
    return bucket.origin().kind() == Origin.Kind.SHARE && bucket.share().recipient().isPresent();
  }

  /// What somebody gave, or a hospital with an order; not what lasts by itself.
  static boolean byHand(Bucket bucket) {
    return switch (bucket.origin().kind()) {
      case NUMBER, PRINT, SHARE, GLASS -> true;
      case MAPPING, DEPARTMENT -> false;
    };
  }

  static boolean opens(Bucket bucket, Study study) {
    return switch (bucket.scope()) {
      case Scope.OfCopies copies -> copies.copy(study.id()).isPresent();
      case Scope.OfOrder _,
          Scope.OfStudies _,
          Scope.OfOne _,
          Scope.OfMapping _,
          Scope.OfDepartment _ ->
          bucket.scope().holds(study);
    };
  }

  /// What somebody sees of the rest.
  private record Mine(Asker asker, boolean all) {
    boolean row(AccessDesk.Row row) {
      var grant = row.grant();
      return all
          || grant.by().equals(Optional.of(asker.who().account()))
          || asker.who().principals().contains(grant.principal());
    }

    /// Whoever gave something ends all that came of it, so he sees it.
    boolean gaveAbove(AccessDesk.Row row, Below below) {
      return below.above(row).anyMatch(this::gave)
          || below.by(row).equals(Optional.of(asker.who().account()));
    }

    boolean gave(Standing standing) {
      return all || standing.bucket().origin().by().equals(Optional.of(asker.who().account()));
    }
  }
}

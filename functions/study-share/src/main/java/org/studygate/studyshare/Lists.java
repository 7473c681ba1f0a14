package org.studygate.studyshare;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.AccessDesk;
import org.studygate.access.Bucket;
import org.studygate.access.Principal;
import org.studygate.access.Scope;
import org.studygate.access.Standing;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.AuditTrail;
import org.studygate.copying.Copies;
import org.studygate.copying.LeftOut;
import org.studygate.department.Verification;
import org.studygate.dynamo.Together;
import org.studygate.order.Cards;
import org.studygate.study.StudyId;

/// What somebody shared, and what was shared with somebody. To who got it nothing is told of what
/// is over, or not there yet, or of what a code has still to be given for. Of what was anonymized
/// whoever shared it is told the studies, and who got it the copies.
final class Lists {
  private static final int PAGE = 25;

  private final AccessDesk desk;
  private final Cards cards;
  private final Copies copies;
  private final Names names;
  private final AuditTrail trail;
  private final Clock clock;

  Lists(AccessDesk desk, Cards cards, Copies copies, Names names, AuditTrail trail, Clock clock) {
    this.desk = desk;
    this.cards = cards;
    this.copies = copies;
    this.names = names;
    this.trail = trail;
    this.clock = clock;
  }

  ListView of(
      Principal.Professional who, boolean given, Optional<String> before, String requestId) {
    var page =
        given
            ? desk.shared(AccessDesk.Side.GIVEN, Set.of(who.account()), before, PAGE)
            : desk.shared(AccessDesk.Side.RECEIVED, who.principals(), before, PAGE);
    var standing = page.buckets().stream().filter(one -> given || !withdrawnByOthers(one)).toList();
    var above = above(standing);
    var found = standing.stream().map(one -> found(one, given, state(one, above), who)).toList();
    var children = children(standing, given);
    var known = names.of(standing);
    var anonymized = given ? standing.stream().map(Standing::bucket).toList() : List.<Bucket>of();
    var left = LeftOut.of(copies, anonymized);
    var shown = cards(found.stream().flatMap(one -> one.studies().stream()).toList());
    var lines =
        found.stream()
            .map(
                one ->
                    line(
                        one,
                        known,
                        studies(one.studies(), shown),
                        children.getOrDefault(one.standing().bucket().id(), 0),
                        left.apply(one.standing().bucket())))
            .toList();
    trail.record(
        new AuditEvent(
            AuditEvent.account(who.account()),
            clock.instant(),
            who.actor(),
            AuditAction.SHARES_LISTED,
            given ? "given" : "received",
            requestId));
    return new ListView(lines, page.next());
  }

  /// A share as it is for who asks.
  ///
  /// @param code has still to be given
  /// @param studies those that are told
  private record Found(
      Standing standing, Standing.State state, boolean code, Set<StudyId> studies) {}

  private static Found found(
      Standing one, boolean given, Standing.State state, Principal.Professional who) {
    var code = !given && asks(one, who);
    return new Found(one, state, code, studies(one.bucket().scope(), given, state, code));
  }

  private static Set<StudyId> studies(
      Scope scope, boolean given, Standing.State state, boolean code) {
    if (given) {
      return scope.originals();
    }
    return state == Standing.State.ACTIVE && !code ? scope.chosen() : Set.of();
  }

  /// Whoever took it back owes nobody a line about it.
  private static boolean withdrawnByOthers(Standing one) {
    return one.bucket().withdrawn();
  }

  private Map<String, Standing> above(List<Standing> standing) {
    var ids = new HashSet<String>();
    standing.forEach(one -> ids.addAll(one.bucket().share().path()));
    var above = new HashMap<String, Standing>();
    if (!ids.isEmpty()) {
      desk.standing(ids).forEach(one -> above.put(one.bucket().id(), one));
    }
    return above;
  }

  /// What ends above ends below.
  private Standing.State state(Standing one, Map<String, Standing> above) {
    var now = clock.instant();
    var own = one.state(now);
    return own != Standing.State.ACTIVE
        ? own
        : one.bucket().share().path().stream()
            .map(
                id ->
                    Optional.ofNullable(above.get(id))
                        .map(found -> found.state(now))
                        .orElse(Standing.State.WITHDRAWN))
            .filter(state -> state != Standing.State.ACTIVE)
            .findFirst()
            .orElse(own);
  }

  private static boolean asks(Standing one, Principal.Professional who) {
    var bucket = one.bucket();
    return bucket.verification() != Verification.DATE_OF_BIRTH && !who.hasProved(bucket);
  }

  private Map<String, Integer> children(List<Standing> standing, boolean given) {
    var parents =
        standing.stream()
            .map(Standing::bucket)
            .filter(bucket -> given && bucket.share().further())
            .toList();
    var counts = new HashMap<String, Integer>();
    var counted = Together.each(parents, bucket -> desk.children(bucket.id()));
    for (var i = 0; i < parents.size(); i++) {
      counts.put(parents.get(i).id(), counted.get(i));
    }
    return counts;
  }

  private Map<StudyId, Cards.Shown> cards(Collection<StudyId> studies) {
    return studies.isEmpty() ? Map.of() : cards.find(Set.copyOf(studies));
  }

  private static List<ListView.StudyView> studies(
      Set<StudyId> told, Map<StudyId, Cards.Shown> shown) {
    return told.stream()
        .sorted(Comparator.comparing(StudyId::value))
        .flatMap(id -> Optional.ofNullable(shown.get(id)).stream())
        .map(Cards.Shown::card)
        .map(
            card ->
                new ListView.StudyView(
                    card.study().value(),
                    card.date(),
                    card.description(),
                    card.modalities(),
                    card.patient().name()))
        .toList();
  }

  private static ListView.LineView line(
      Found found,
      Names.Known known,
      List<ListView.StudyView> studies,
      int children,
      LeftOut left) {
    var bucket = found.standing().bucket();
    var share = bucket.share();
    var by = bucket.origin().by().orElse("");
    return new ListView.LineView(
        bucket.id(),
        known.recipient(bucket),
        new ListView.PersonView(by, known.account(by)),
        studies,
        ShareView.access(share.write()),
        bucket.validFrom(),
        bucket.until(),
        found.state().code(),
        share.openedAt(),
        bucket.verification() != Verification.DATE_OF_BIRTH,
        found.code(),
        bucket.origin().anonymised(),
        share.urgent(),
        share.further(),
        share.message().isPresent(),
        children,
        left.told(),
        share.unsent() ? Optional.of("refused") : Optional.empty());
  }
}

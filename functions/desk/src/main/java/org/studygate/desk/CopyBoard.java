package org.studygate.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.studygate.access.Buckets;
import org.studygate.account.DeskAct;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.copying.Copies;
import org.studygate.copying.CopyDesk;
import org.studygate.copying.CopyWork;
import org.studygate.copying.Pixels;
import org.studygate.http.Problem;
import org.studygate.objects.Keys;
import org.studygate.study.Instance;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.Study;
import org.studygate.study.StudyId;

/// Copies without the person that wait until somebody has looked at their pictures: a name may be a
/// part of them. What is looked at is what was taken; what is copied of it follows from what is
/// decided.
final class CopyBoard {
  private static final int PAGE = 100;
  private static final int SIZE = 512;

  private final Copies copies;
  private final CopyDesk desk;
  private final Studies studies;
  private final Buckets buckets;
  private final CopyWork work;
  private final Pictures pictures;
  private final Told told;

  CopyBoard(
      Copies copies,
      CopyDesk desk,
      Studies studies,
      Buckets buckets,
      CopyWork work,
      Pictures pictures,
      Told told) {
    this.copies = copies;
    this.desk = desk;
    this.studies = studies;
    this.buckets = buckets;
    this.work = work;
    this.pictures = pictures;
    this.told = told;
  }

  /// @param madeAt when somebody asked for it
  record CopyView(
      String id, String bucket, int instances, int waiting, String reason, Instant madeAt) {}

  /// @param uid of what was taken
  record PictureView(String uid, int rows, int columns, int frames, String picture) {}

  record LookedAtView(String id, List<PictureView> instances) {}

  Lines<CopyView> list(Clerk clerk, String department, Optional<String> before, String requestId) {
    clerk.check(DeskAct.VIEW, department);
    var page = desk.waiting(department, before, PAGE);
    var lines = page.copies().stream().map(this::view).toList();
    told.looked(clerk, department, "copies", requestId);
    return new Lines<>(lines, page.next());
  }

  private CopyView view(Copies.Copy copy) {
    var parts = copies.parts(copy.id());
    var made = buckets.find(copy.bucket()).flatMap(bucket -> bucket.origin().madeAt());
    return new CopyView(
        copy.id().value(),
        copy.bucket(),
        parts.stream().mapToInt(Copies.Part::of).sum(),
        parts.stream().mapToInt(Copies.Part::looks).sum(),
        copy.reason().orElse(""),
        made.or(copy::waits).orElse(Instant.EPOCH));
  }

  LookedAtView look(Clerk clerk, String id, String requestId) {
    var copy = find(clerk, id);
    var source = studies.find(copy.source()).orElseThrow(Problem.NOT_FOUND::refusal);
    var views = looked(copy, source);
    told.looked(clerk, copy.department(), "copy", requestId);
    told.pictures(clerk, copy.source().value(), requestId);
    return new LookedAtView(id, views);
  }

  private List<PictureView> looked(Copies.Copy copy, Study source) {
    var wanted =
        copies.looks(copy.id()).stream()
            .collect(
                Collectors.groupingBy(
                    Copies.Look::series, Collectors.mapping(Copies.Look::sop, Collectors.toSet())));
    return new TreeSet<>(wanted.keySet().stream().map(one -> one.value()).toList())
        .stream()
            .map(SeriesUid::new)
            .flatMap(
                series ->
                    studies.instances(source.id(), series).stream()
                        .filter(
                            one -> wanted.getOrDefault(series, Set.of()).contains(one.sopUid())))
            .flatMap(instance -> view(source, instance))
            .toList();
  }

  /// Of one that was never drawn there is nothing to look at.
  private Stream<PictureView> view(Study source, Instance instance) {
    var drawn = instance.pictures();
    if (!drawn.has(1) || !drawn.sizes().contains(SIZE)) {
      return Stream.of();
    }
    var key =
        Keys.preview(source.shelf(), source.uid(), instance.series(), instance.sopUid(), 1, SIZE);
    return Stream.of(
        new PictureView(
            instance.sopUid(),
            instance.rows(),
            instance.columns(),
            instance.frames(),
            pictures.at(key)));
  }

  void decide(Clerk clerk, String id, Pixels pixels, String requestId) {
    var copy = find(clerk, id);
    var what = pixels.regions().isEmpty() ? "clean" : "masked " + pixels.regions().size();
    var events =
        List.of(
            event(clerk, AuditEvent.bucket(copy.bucket()), what, requestId),
            event(clerk, AuditEvent.study(copy.source().value()), what, requestId));
    if (!desk.decide(copy.id(), pixels, events)) {
      throw Problem.CONFLICT.refusal(); // somebody has looked
    }
    work.look(copy.bucket());
  }

  private AuditEvent event(Clerk clerk, String trail, String what, String requestId) {
    return told.event(clerk, trail, AuditAction.PIXELS_LOOKED_AT, what, requestId);
  }

  private Copies.Copy find(Clerk clerk, String id) {
    var copy =
        StudyId.parse(id)
            .flatMap(copies::find)
            .filter(one -> clerk.staff().worksFor(one.department()))
            .orElseThrow(Problem.NOT_FOUND::refusal);
    clerk.check(DeskAct.JUDGE, copy.department());
    return copy;
  }
}

package org.studygate.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final int FRAMES = 25;

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
  /// @param pictures of some of its frames, the first of them being `from`
  record PictureView(
      String uid, int rows, int columns, int frames, int from, List<String> pictures) {}

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

  /// The first frame of each picture.
  LookedAtView look(Clerk clerk, String id, String requestId) {
    return look(
        clerk,
        id,
        (copy, source) -> looked(copy).map(one -> view(source, one, 1, 1)).toList(),
        requestId);
  }

  /// Some frames of one of them, from this one on.
  LookedAtView frames(Clerk clerk, String id, Asked.Frames asked, String requestId) {
    return look(
        clerk,
        id,
        (copy, source) ->
            List.of(
                looked(copy)
                    .filter(one -> one.sopUid().equals(asked.instance()))
                    .filter(one -> asked.from() <= one.frames())
                    .findFirst()
                    .map(one -> view(source, one, asked.from(), FRAMES))
                    .orElseThrow(Problem.NOT_FOUND::refusal)),
        requestId);
  }

  private LookedAtView look(
      Clerk clerk,
      String id,
      BiFunction<Copies.Copy, Study, List<PictureView>> chosen,
      String requestId) {
    var copy = find(clerk, id);
    var source = studies.find(copy.source()).orElseThrow(Problem.NOT_FOUND::refusal);
    var views = chosen.apply(copy, source);
    told.looked(clerk, copy.department(), "copy", requestId);
    told.pictures(clerk, copy.source().value(), requestId);
    return new LookedAtView(id, views);
  }

  /// What waits for a look, in the order of its series.
  private Stream<Instance> looked(Copies.Copy copy) {
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
                    studies.instances(copy.source(), series).stream()
                        .filter(
                            one -> wanted.getOrDefault(series, Set.of()).contains(one.sopUid())))
            .filter(Copies.Look::possible);
  }

  private PictureView view(Study source, Instance instance, int from, int most) {
    var frames = IntStream.range(from, Math.min(instance.frames(), from + most - 1) + 1);
    return new PictureView(
        instance.sopUid(),
        instance.rows(),
        instance.columns(),
        instance.frames(),
        from,
        frames
            .mapToObj(
                frame ->
                    Keys.preview(
                        source.shelf(),
                        source.uid(),
                        instance.series(),
                        instance.sopUid(),
                        frame,
                        Copies.Look.SIZE))
            .map(pictures::at)
            .toList());
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

package org.studygate.studyingest;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.order.Linking;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;
import org.studygate.study.RollUps;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;
import org.studygate.study.Whose;

/// What a batch of instances means for their studies, written once a study and once a series.
final class Arrivals {
  private final Studies studies;
  private final Linking linking;
  private final RollUps rollUps;
  private final Clock clock;
  private final Log log;
  private final Map<StudyId, List<Arrived>> arrived = new LinkedHashMap<>();

  Arrivals(Studies studies, Linking linking, RollUps rollUps, Clock clock, Log log) {
    this.studies = studies;
    this.linking = linking;
    this.rollUps = rollUps;
    this.clock = clock;
    this.log = log;
  }

  private record Arrived(String message, Filed filed) {}

  void add(String message, Filed filed) {
    arrived.computeIfAbsent(filed.study(), _ -> new ArrayList<>()).add(new Arrived(message, filed));
  }

  /// Answers the messages of studies for which it failed or there was no time: they come again.
  Set<String> settle(Deadline deadline) {
    var failed = new LinkedHashSet<String>();
    arrived.forEach(
        (study, instances) -> {
          try {
            deadline.check();
            settle(study, instances);
          } catch (RuntimeException failure) {
            log.error("study-not-settled", Map.of("study", study.value()), failure);
            instances.forEach(instance -> failed.add(instance.message()));
          }
        });
    return failed;
  }

  private void settle(StudyId study, List<Arrived> instances) {
    var first = instances.getFirst().filed();
    var series = new LinkedHashSet<SeriesUid>();
    var whose = new LinkedHashSet<Whose>();
    for (var instance : instances) {
      series.add(instance.filed().series());
      whose.add(instance.filed().whose());
    }
    var fresh = items(instances, true);
    var again = items(instances, false);
    studies.fileNew(study, fresh);
    studies.file(study, again);
    var now = clock.instant();
    var gens = new LinkedHashMap<SeriesUid, Long>();
    series.forEach(uid -> gens.put(uid, studies.change(study, uid, now)));
    var count =
        (int)
            Stream.concat(fresh.stream(), again.stream())
                .map(item -> item.instance().sopUid())
                .distinct()
                .count();
    var arrival = new Studies.Arrival(study, first.department(), first.studyUid(), whose, count);
    var received = studies.received(arrival, now, now.plus(first.quiet()));
    gens.forEach((uid, gen) -> rollUps.later(study, uid, gen));
    linking.studyCame(received.study());
    if (announced(instances).filter(all -> all <= received.came()).isPresent()) {
      buildNow(study);
    }
    log.metric("Filed", instances.size(), Map.of("department", first.department()));
  }

  private static List<Studies.Filed> items(List<Arrived> instances, boolean first) {
    return instances.stream()
        .map(Arrived::filed)
        .filter(filed -> filed.first() == first)
        .flatMap(filed -> filed.item().stream())
        .toList();
  }

  private static Optional<Integer> announced(List<Arrived> instances) {
    return instances.stream()
        .flatMap(one -> one.filed().announced().stream())
        .max(Integer::compare);
  }

  /// Nothing more is announced, so there is nothing to wait for. Whoever counted before has written
  /// its instances and changes before, and a build needs no more of a series than that.
  private void buildNow(StudyId study) {
    for (var series : studies.series(study)) {
      if (series.pending()) {
        rollUps.now(study, series.uid());
      }
    }
  }
}

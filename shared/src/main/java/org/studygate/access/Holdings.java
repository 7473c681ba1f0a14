package org.studygate.access;

import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.studygate.study.StudyId;

/// What somebody holds. Nothing is believed of it alone: the buckets on each way are read as they
/// stand, and `Rules` looks at all of them.
public interface Holdings {
  /// A number opens the bucket that the visit was opened with. Accounts hold nothing there.
  Holdings NUMBERS =
      new Holdings() {
        @Override
        public Map<StudyId, List<Held>> of(Principal who, Set<StudyId> studies) {
          var ways = all(who);
          return studies.stream().collect(toMap(study -> study, _ -> ways));
        }

        @Override
        public List<Held> all(Principal who) {
          return switch (who) {
            case Principal.Patient(var bucket) -> List.of(Held.by(bucket));
            case Principal.Professional _ -> List.of();
          };
        }
      };

  /// Every way that may lead to this study.
  default List<Held> of(Principal who, StudyId study) {
    return of(who, Set.of(study)).getOrDefault(study, List.of());
  }

  /// The same of several; one to which no way leads may be left out.
  Map<StudyId, List<Held>> of(Principal who, Set<StudyId> studies);

  List<Held> all(Principal who);

  /// Why somebody sees what these ways lead to, each reason once.
  static List<Reason> reasons(Principal who, Collection<Held> open) {
    return Rules.reasons(who, open);
  }

  /// Every way that leads an account anywhere, of lines that an index gave, also where a code has
  /// still to be given ([Held#closed]). Whether a study belongs, it must say itself ([Held#holds]).
  default Map<StudyId, List<Held>> verify(
      Principal.Professional who, Collection<Grant.Line> lines, Instant now) {
    return Map.of();
  }
}

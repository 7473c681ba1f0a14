package org.studygate.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.studygate.study.StudyId;

/// What numbers open, and what accounts hold by rows.
public final class GrantedHoldings implements Holdings {
  private final Grants grants;

  public GrantedHoldings(Grants grants) {
    this.grants = grants;
  }

  @Override
  public Map<StudyId, List<Held>> of(Principal who, Set<StudyId> studies) {
    return switch (who) {
      case Principal.Patient patient -> NUMBERS.of(patient, studies);
      case Principal.Professional professional -> grants.of(professional.principals(), studies);
    };
  }

  /// Of an account there may be a million: they are read by pages ([Grants#page]) and verified.
  @Override
  public List<Held> all(Principal who) {
    return NUMBERS.all(who);
  }

  @Override
  public Map<StudyId, List<Held>> verify(
      Principal.Professional who, Collection<Grant.Line> lines, Instant now) {
    var mine = mine(who, lines);
    var open = new HashMap<StudyId, List<Held>>();
    grants
        .held(mine)
        .forEach(
            (study, ways) -> {
              var kept = ways.stream().filter(way -> way.open(now)).toList();
              if (!kept.isEmpty()) {
                open.put(study, kept);
              }
            });
    return open;
  }

  private static Set<Grant.Line> mine(Principal.Professional who, Collection<Grant.Line> lines) {
    var mine = new HashSet<>(lines);
    mine.removeIf(line -> !who.principals().contains(line.principal()));
    return mine;
  }
}

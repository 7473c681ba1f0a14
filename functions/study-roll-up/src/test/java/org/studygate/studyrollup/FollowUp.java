package org.studygate.studyrollup;

import java.time.Clock;
import org.studygate.access.TestHospital;
import org.studygate.dynamo.TestTables;
import org.studygate.study.DynamoStudies;

/// What follows from a study, on the tables of a test.
final class FollowUp {
  private FollowUp() {}

  static Consequences of(TestTables tables, Clock clock) {
    return new Consequences(
        new DynamoStudies(tables.client(), "StudiesTable"),
        TestHospital.card(tables),
        TestHospital.settling(tables, clock),
        TestHospital.telling(tables, clock),
        TestHospital.opening(tables, clock));
  }
}

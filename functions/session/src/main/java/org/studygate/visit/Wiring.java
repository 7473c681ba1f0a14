package org.studygate.visit;

import org.studygate.access.DynamoBuckets;
import org.studygate.access.Visits;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.SignOut;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, SignOut signOut, Departments departments) {
  static Wiring on(Platform platform) {
    var environment = platform.environment();
    var dynamo = platform.aws().dynamo();
    var clock = platform.clock();
    var sessions = new DynamoSessions(dynamo, environment.required("SESSIONS_TABLE"));
    var buckets = new DynamoBuckets(dynamo, environment.required("BUCKETS_TABLE"));
    var challenges =
        new DynamoChallenges(dynamo, Tables.ofSteps(environment.required("CHALLENGES_TABLE")));
    var tokens = new Tokens(platform.random());
    var trail = new DynamoAuditTrail(dynamo, environment.required("AUDIT_TABLE"), tokens);
    return new Wiring(
        new Visits(sessions, buckets, clock),
        new SignOut(sessions, challenges, trail, clock),
        new DynamoDepartments(dynamo, environment.required("DEPARTMENTS_TABLE")));
  }
}

package org.studygate.studyview;

import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.Visits;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.order.DynamoOrders;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.study.DynamoStudies;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final DynamoDbClient dynamo;

  Wiring(Platform platform) {
    this.platform = platform;
    this.dynamo = platform.aws().dynamo();
  }

  Visits visits() {
    return new Visits(
        new DynamoSessions(dynamo, name("SESSIONS_TABLE")),
        new DynamoBuckets(dynamo, name("BUCKETS_TABLE")),
        platform.clock());
  }

  Reading reading() {
    var clock = platform.clock();
    var orders = new DynamoOrders(dynamo, name("ORDERS_TABLE"));
    var studies = new DynamoStudies(dynamo, name("STUDIES_TABLE"));
    var departments = new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
    var trail = new DynamoAuditTrail(dynamo, name("AUDIT_TABLE"), new Tokens(platform.random()));
    var addresses = new S3Addresses(S3Addresses.presigner(platform.aws()), name("STUDIES_BUCKET"));
    return new Reading(
        new Authorisation(orders, studies, departments, clock),
        studies,
        trail,
        new Views(addresses, clock),
        clock);
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}

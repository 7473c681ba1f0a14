package org.studygate.referencelogin;

import org.studygate.access.Authorisation;
import org.studygate.access.Buckets;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Departments;
import org.studygate.department.DynamoDepartments;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.Offers;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.reference.DynamoReferences;
import org.studygate.session.DynamoSessions;
import org.studygate.signin.Codes;
import org.studygate.signin.Combination;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.DynamoEntrance;
import org.studygate.signin.SignOut;
import org.studygate.signin.Steps;
import org.studygate.study.DynamoStudies;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final DynamoDbClient dynamo;
  private final Pepper pepper;
  private final Buckets buckets;
  private final Departments departments;

  Wiring(Platform platform) {
    this.platform = platform;
    this.dynamo = platform.aws().dynamo();
    this.pepper = new Pepper(platform.secrets(), name("PEPPER_SECRET_ARN"));
    this.buckets = new DynamoBuckets(dynamo, name("BUCKETS_TABLE"));
    this.departments = new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
  }

  Login login() {
    var clock = platform.clock();
    var tokens = new Tokens(platform.random());
    var combination =
        new Combination(
            new DynamoSourceLimits(dynamo, name("LIMITS_TABLE")),
            new DynamoReferences(dynamo, name("REFERENCES_TABLE")),
            buckets,
            pepper,
            clock);
    var orders = new DynamoOrders(dynamo, name("ORDERS_TABLE"));
    var authorisation =
        new Authorisation(
            orders, new DynamoStudies(dynamo, name("STUDIES_TABLE")), departments, clock);
    var sessions = new DynamoSessions(dynamo, name("SESSIONS_TABLE"));
    var trail = new DynamoAuditTrail(dynamo, name("AUDIT_TABLE"), tokens);
    var challenges =
        new DynamoChallenges(
            dynamo,
            Tables.ofSending(name("CHALLENGES_TABLE"), name("LIMITS_TABLE"), name("OUTBOX_TABLE")));
    var payments = DynamoPayments.Tables.ofLooking(name("PAYMENTS_TABLE"));
    return new Login(
        combination,
        authorisation,
        departments,
        codes(challenges, tokens),
        new DynamoEntrance(dynamo, name("SESSIONS_TABLE"), trail),
        new Steps(challenges, buckets, tokens, clock),
        new SignOut(sessions, challenges, trail, clock),
        new DynamoPayments(dynamo, payments, trail),
        new Offers(authorisation),
        trail,
        tokens,
        clock);
  }

  private Codes codes(DynamoChallenges challenges, Tokens tokens) {
    var notices = new Notices(new Seal(pepper, platform.random()), tokens);
    return new Codes(challenges, notices, pepper, tokens, platform.clock());
  }

  /// A read with an impossible key.
  void prime() {
    buckets.find("priming");
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}

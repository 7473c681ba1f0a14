package org.studygate.paymentcheckout;

import java.util.Map;
import org.studygate.access.Authorisation;
import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.i18n.Catalogue;
import org.studygate.limit.DynamoLimits;
import org.studygate.notice.Mobile;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentProvider;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.DynamoChallenges;
import org.studygate.signin.DynamoChallenges.Tables;
import org.studygate.signin.Steps;
import org.studygate.stripe.StripeSettlement;
import org.studygate.study.DynamoStudies;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Terms terms;
  private final OpenCheckout checkout;
  private final LookAtPayment look;
  private final StripeSettlement stripe;

  Wiring(Platform platform) {
    this.platform = platform;
    var dynamo = platform.aws().dynamo();
    var clock = platform.clock();
    var tokens = new Tokens(platform.random());
    var buckets = new DynamoBuckets(dynamo, name("BUCKETS_TABLE"));
    var departments = new DynamoDepartments(dynamo, name("DEPARTMENTS_TABLE"));
    var orders = new DynamoOrders(dynamo, name("ORDERS_TABLE"));
    var studies = new DynamoStudies(dynamo, name("STUDIES_TABLE"));
    var limits = new DynamoLimits(dynamo, name("LIMITS_TABLE"));
    var trail = new DynamoAuditTrail(dynamo, name("AUDIT_TABLE"), tokens);
    var challenges = new DynamoChallenges(dynamo, Tables.ofSteps(name("CHALLENGES_TABLE")));
    var offers = new Offers(new Authorisation(orders, studies, departments, clock));
    this.stripe =
        StripeSettlement.on(
            platform,
            new StripeSettlement.Tables(
                name("PAYMENTS_TABLE"),
                name("OUTBOX_TABLE"),
                name("BUCKETS_TABLE"),
                name("DEPARTMENTS_TABLE"),
                name("ORDERS_TABLE"),
                name("AUDIT_TABLE")),
            new Pepper(platform.secrets(), name("PEPPER_SECRET_ARN")),
            name("STRIPE_SECRET_ARN"));
    this.terms = new Terms(new Steps(challenges, buckets, tokens, clock), departments);
    this.look = new LookAtPayment(offers, stripe.payments(), stripe.settlement(), limits, clock);
    this.checkout =
        new OpenCheckout(
            offers,
            stripe.payments(),
            stripe.provider(),
            stripe.settlement(),
            limits,
            Mobile::reachable,
            Wiring::product,
            trail,
            clock);
  }

  static String product(String hospital, String language) {
    return Catalogue.of("notice", language).text("payment.product", Map.of("department", hospital));
  }

  Terms terms() {
    return terms;
  }

  OpenCheckout checkout() {
    return checkout;
  }

  LookAtPayment look() {
    return look;
  }

  void unavailable(PaymentProvider.Unavailable failure, String requestId) {
    var log = platform.log();
    log.metric("PaymentUnavailable", 1);
    var why = String.valueOf(failure.getMessage());
    log.warn("payment-unavailable", Map.of("requestId", requestId, "why", why));
  }

  void prime() {
    terms.find(new Token("priming"));
    Mobile.reachable("+32470000000");
    stripe.prime();
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}

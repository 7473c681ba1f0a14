package org.studygate.stripe;

import org.studygate.access.DynamoBuckets;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.DynamoDepartments;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.order.DynamoOrders;
import org.studygate.payment.DynamoPayments;
import org.studygate.payment.PaymentProvider;
import org.studygate.payment.Payments;
import org.studygate.payment.Pincodes;
import org.studygate.payment.Settlement;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;

/// The settlement of payments as every function that settles puts it together.
public record StripeSettlement(
    StripeAccess access, PaymentProvider provider, Payments payments, Settlement settlement) {
  /// The tables a settlement works on.
  public record Tables(
      String payments,
      String outbox,
      String buckets,
      String departments,
      String orders,
      String audit) {}

  /// @param stripe ARN of the secret with Stripe's keys
  public static StripeSettlement on(
      Platform platform, Tables tables, Pepper pepper, String stripe) {
    var dynamo = platform.aws().dynamo();
    var tokens = new Tokens(platform.random());
    var environment = platform.environment();
    var access =
        new StripeAccess(
            platform.secrets(),
            stripe,
            environment.optional("STRIPE_API_BASE"),
            platform.clock(),
            platform.log());
    var provider = new StripeProvider(access, environment.publicOrigin());
    var payments =
        new DynamoPayments(
            dynamo,
            DynamoPayments.Tables.ofSettlement(
                tables.payments(), tables.outbox(), tables.buckets()),
            new DynamoAuditTrail(dynamo, tables.audit(), tokens));
    var settlement =
        new Settlement(
            provider,
            payments,
            new DynamoBuckets(dynamo, tables.buckets()),
            new DynamoDepartments(dynamo, tables.departments()),
            new DynamoOrders(dynamo, tables.orders()),
            new Notices(new Seal(pepper, platform.random()), tokens),
            new Pincodes(pepper, platform.random()),
            platform.clock(),
            platform.log(),
            access::live);
    return new StripeSettlement(access, provider, payments, settlement);
  }

  /// Classes that an answer of Stripe needs, read without asking anybody anything.
  public void prime() {
    access.prime();
  }
}

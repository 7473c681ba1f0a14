package org.studygate.stripe;

import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.payment.PaymentProvider;
import org.studygate.payment.Payments;
import org.studygate.payment.Pincodes;
import org.studygate.payment.Settlement;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// The settlement of payments as every function that settles puts it together.
public record StripeSettlement(
    StripeAccess access, PaymentProvider provider, Payments payments, Settlement settlement) {
  /// @param stripe ARN of the secret with Stripe's keys
  public static StripeSettlement on(
      Platform platform, Stores stores, Pepper pepper, String stripe) {
    var environment = platform.environment();
    var access =
        new StripeAccess(
            platform.secrets(),
            stripe,
            environment.optional("STRIPE_API_BASE"),
            platform.clock(),
            platform.log());
    var provider = new StripeProvider(access, environment.publicOrigin());
    var payments = stores.settlements();
    var settlement =
        new Settlement(
            provider,
            payments,
            stores.buckets(),
            stores.departments(),
            stores.orders(),
            new Notices(new Seal(pepper, platform.random()), stores.tokens()),
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

package org.studygate.paymentwebhook;

import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.stripe.StripeEvents;
import org.studygate.stripe.StripeSettlement;
import org.studygate.wiring.Stores;

/// POST /api/webhooks/stripe. What is not genuine is refused before anything is read or written;
/// what fails on our side is answered with 500, and Stripe comes again for three days.
public final class PaymentWebhookHandler extends HttpFunction {
  private final StripeSettlement stripe;
  private final StripeEvents events;
  private final Settle settle;
  private final Log log;

  public PaymentWebhookHandler() {
    this(Platform.onLambda());
  }

  public PaymentWebhookHandler(Platform platform) {
    super(platform);
    var environment = platform.environment();
    var stores = new Stores(platform);
    this.stripe =
        StripeSettlement.on(
            platform, stores, stores.pepper(), environment.required("STRIPE_SECRET_ARN"));
    this.events = new StripeEvents(stripe.access(), platform.clock());
    this.settle = new Settle(stripe.provider(), stripe.settlement());
    this.log = platform.log();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var notice = events.read(request.body(), request.header("stripe-signature").orElse(""));
    if (notice.isEmpty()) {
      log.metric("WebhookRefused", 1);
      throw Problem.SIGNATURE_INVALID.refusal();
    }
    settle.hear(notice.get());
    return HttpResponse.ok(new Received(true));
  }

  record Received(boolean received) {}

  /// Stripe signs instead of sending a header of ours.
  @Override
  protected boolean guarded() {
    return false;
  }

  /// Bounded where it is read, and refused there like all that is not genuine.
  @Override
  protected int maxBody() {
    return Integer.MAX_VALUE;
  }

  @Override
  protected void prime() {
    stripe.prime();
    events.prime();
    stripe.payments().tab("priming");
  }
}

package org.studygate.paymentcheckout;

import java.util.Map;
import org.studygate.access.Authorisation;
import org.studygate.i18n.Catalogue;
import org.studygate.notice.Mobile;
import org.studygate.payment.Offers;
import org.studygate.payment.PaymentProvider;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens.Token;
import org.studygate.signin.Steps;
import org.studygate.stripe.StripeSettlement;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Terms terms;
  private final OpenCheckout checkout;
  private final LookAtPayment look;
  private final StripeSettlement stripe;

  Wiring(Platform platform) {
    this.platform = platform;
    var stores = new Stores(platform);
    var clock = platform.clock();
    var tokens = stores.tokens();
    var buckets = stores.buckets();
    var departments = stores.departments();
    var orders = stores.orders();
    var studies = stores.studies();
    var limits = stores.limits();
    var trail = stores.trail();
    var challenges = stores.steps();
    var offers = new Offers(new Authorisation(orders, studies, departments, clock));
    this.stripe = StripeSettlement.on(platform, stores, stores.pepper(), name("STRIPE_SECRET_ARN"));
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

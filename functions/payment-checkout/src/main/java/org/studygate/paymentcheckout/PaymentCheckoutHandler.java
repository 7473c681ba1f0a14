package org.studygate.paymentcheckout;

import java.time.Clock;
import java.util.Optional;
import org.studygate.http.HttpFunction;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.Problem;
import org.studygate.i18n.Catalogue;
import org.studygate.payment.PaymentProvider;
import org.studygate.platform.Platform;
import org.studygate.session.SessionCookie;

/// POST /api/patient/checkout sends somebody to pay, GET /api/patient/payment tells how it stands.
public final class PaymentCheckoutHandler extends HttpFunction {
  private final Wiring wiring;
  private final SessionCookie cookie;
  private final Clock clock;

  record Url(String url) {}

  public PaymentCheckoutHandler() {
    this(Platform.onLambda());
  }

  public PaymentCheckoutHandler(Platform platform) {
    super(platform);
    this.wiring = new Wiring(platform);
    this.cookie = new SessionCookie(platform.environment().publicOrigin());
    this.clock = platform.clock();
  }

  @Override
  protected HttpResponse handle(HttpRequest request) {
    var token = cookie.read(request).orElseThrow(Problem.SESSION_ENDED::refusal);
    try {
      return switch (request.route()) {
        case "POST /api/patient/checkout" -> open(known(wiring.terms().find(token)), request);
        case "GET /api/patient/payment" -> look(known(wiring.terms().begun(token)), request);
        default -> throw Problem.NOT_FOUND.refusal();
      };
    } catch (PaymentProvider.Unavailable unavailable) {
      wiring.unavailable(unavailable, request.requestId());
      throw Problem.PAYMENT_UNAVAILABLE.refusal();
    }
  }

  private static Terms.Of known(Optional<Terms.Of> terms) {
    return terms.orElseThrow(Problem.SESSION_ENDED::refusal);
  }

  private HttpResponse open(Terms.Of terms, HttpRequest request) {
    var body = request.json();
    var method = body.string("method");
    var language = body.optionalString("language").orElse(terms.bucket().language());
    body.done();
    var spoken = Catalogue.speaks(language) ? language : "en";
    return switch (wiring.checkout().open(terms, method, spoken, request.requestId())) {
      case OpenCheckout.Outcome.Open(var url) -> HttpResponse.json(201, new Url(url.toString()));
      case OpenCheckout.Outcome.Paid() -> throw Problem.ALREADY_PAID.refusal();
      case OpenCheckout.Outcome.Pending() -> throw Problem.PAYMENT_PENDING.refusal();
      case OpenCheckout.Outcome.Unreachable() -> throw Problem.MOBILE_UNREACHABLE.refusal();
      case OpenCheckout.Outcome.Over() -> throw Problem.SESSION_ENDED.refusal();
      case OpenCheckout.Outcome.NoSuchMethod() -> throw Problem.BAD_REQUEST.refusal();
      case OpenCheckout.Outcome.TooMany(var at) ->
          HttpResponse.tooMany(clock.instant(), at, request.requestId());
    };
  }

  private HttpResponse look(Terms.Of terms, HttpRequest request) {
    return switch (wiring.look().look(terms)) {
      case LookAtPayment.Outcome.Seen seen -> HttpResponse.ok(Standing.of(seen));
      case LookAtPayment.Outcome.TooMany(var at) ->
          HttpResponse.tooMany(clock.instant(), at, request.requestId());
    };
  }

  @Override
  protected void prime() {
    wiring.prime();
  }
}

package org.studygate.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.department.Price;
import org.studygate.payment.PaymentProvider;
import org.studygate.payment.Stage;

/// Stripe Checkout by redirect: no card number ever comes near us (PCI DSS, SAQ A). A session
/// carries its bucket's id and nothing of anybody.
public final class StripeProvider implements PaymentProvider {
  private static final String HOSTED = "checkout.stripe.com";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
  private static final String CHARGE = "payment_intent.latest_charge";

  private final StripeAccess access;
  private final URI publicOrigin;

  public StripeProvider(StripeAccess access, URI publicOrigin) {
    this.access = access;
    this.publicOrigin = publicOrigin;
  }

  @Override
  public Opened open(Request request) {
    var back = publicOrigin + "/payment?d=" + request.department() + "&back=";
    var ours = Map.of("bucket", request.bucket(), "number", request.number());
    var params =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .setClientReferenceId(request.bucket())
            .putAllMetadata(ours)
            .setPaymentIntentData(
                SessionCreateParams.PaymentIntentData.builder()
                    .putAllMetadata(ours)
                    .setDescription(request.number())
                    .build())
            .putExtraParam("payment_method_types", List.of(request.method()))
            .setLocale(
                SessionCreateParams.Locale.valueOf(request.language().toUpperCase(Locale.ROOT)))
            .setExpiresAt(request.until().getEpochSecond())
            .setSuccessUrl(back + "done")
            .setCancelUrl(back + "stopped")
            .addLineItem(line(request))
            .build();
    try {
      var session = access.client().v1().checkout().sessions().create(params, keyed(request.key()));
      return new Opened(session.getId(), hosted(session.getUrl()));
    } catch (StripeException failure) {
      throw unavailable(failure);
    }
  }

  private static LineItem line(Request request) {
    return LineItem.builder()
        .setQuantity(1L)
        .setPriceData(
            LineItem.PriceData.builder()
                .setCurrency(request.price().currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setUnitAmount(request.price().value())
                .setProductData(
                    LineItem.PriceData.ProductData.builder().setName(request.product()).build())
                .build())
        .build();
  }

  /// Where the browser is sent must be Stripe's own page, whatever an answer says; or the
  /// stand-in's, on this machine.
  private URI hosted(String url) {
    var address = URI.create(url);
    var theirs = "https".equals(address.getScheme()) && HOSTED.equals(address.getHost());
    var standIn = access.base().map(URI::create).filter(base -> beside(base, address)).isPresent();
    if (!theirs && !standIn) {
      throw new Unavailable("address-of-another-host");
    }
    return address;
  }

  private static boolean beside(URI base, URI address) {
    return LOOPBACK.contains(String.valueOf(address.getHost()))
        && address.getPort() == base.getPort();
  }

  @Override
  public Optional<Told> find(String session) {
    try {
      var expanded = SessionRetrieveParams.builder().addExpand(CHARGE).build();
      var found = access.client().v1().checkout().sessions().retrieve(session, expanded);
      var price = price(found);
      return price.isPresent() ? Optional.of(told(found, price.get())) : Optional.empty();
    } catch (InvalidRequestException unknown) {
      if (unknown.getStatusCode() == 404) {
        return Optional.empty();
      }
      throw unavailable(unknown);
    } catch (StripeException failure) {
      throw unavailable(failure);
    }
  }

  /// Empty for what we never ask for: an account may sell other things too, and give some away.
  private static Optional<Price> price(Session session) {
    var amount = Optional.ofNullable(session.getAmountTotal()).orElse(0L);
    try {
      return Optional.ofNullable(session.getCurrency())
          .map(code -> code.toUpperCase(Locale.ROOT))
          .map(code -> Price.of(amount, code));
    } catch (IllegalArgumentException noPriceOfOurs) {
      return Optional.empty();
    }
  }

  private Told told(Session session, Price price) throws StripeException {
    var payment = Optional.ofNullable(session.getPaymentIntentObject());
    var charge = payment.map(PaymentIntent::getLatestChargeObject);
    return new Told(
        session.getId(),
        Optional.ofNullable(session.getClientReferenceId()).orElse(""),
        price,
        session.getLivemode(),
        stage(session, payment, charge),
        Optional.ofNullable(session.getUrl()).map(this::hosted),
        Optional.ofNullable(session.getPaymentIntent()),
        charge.map(Charge::getAmountRefunded).orElse(0L));
  }

  private Stage stage(Session session, Optional<PaymentIntent> payment, Optional<Charge> charge)
      throws StripeException {
    return switch (session.getStatus()) {
      case "open" -> Stage.OPEN;
      case "expired" -> Stage.EXPIRED;
      default ->
          "paid".equals(session.getPaymentStatus())
              ? paid(session, charge)
              : unpaid(payment.map(PaymentIntent::getStatus).orElse(""));
    };
  }

  /// Completed without money: on its way for days, or it has failed.
  private static Stage unpaid(String status) {
    return switch (status) {
      case "requires_payment_method", "canceled" -> Stage.FAILED;
      default -> Stage.PENDING;
    };
  }

  private Stage paid(Session session, Optional<Charge> charge) throws StripeException {
    if (charge.map(Charge::getRefunded).orElse(false)) {
      return Stage.REFUNDED;
    }
    return charge.map(Charge::getDisputed).orElse(false)
        ? disputed(session.getPaymentIntent())
        : Stage.PAID;
  }

  /// One that is lost outweighs all others, and one that is not decided those that are won.
  private Stage disputed(String paymentIntent) throws StripeException {
    var params = DisputeListParams.builder().setPaymentIntent(paymentIntent).build();
    var stage = Stage.WON;
    for (var dispute : access.client().v1().disputes().list(params).getData()) {
      var one =
          switch (dispute.getStatus()) {
            case "lost" -> Stage.LOST;
            case "won", "warning_closed", "prevented" -> Stage.WON;
            default -> Stage.DISPUTED;
          };
      if (one == Stage.LOST) {
        return one;
      }
      stage = one == Stage.DISPUTED ? one : stage;
    }
    return stage;
  }

  @Override
  public Optional<String> sessionOf(String paymentIntent) {
    try {
      var params = SessionListParams.builder().setPaymentIntent(paymentIntent).build();
      return access.client().v1().checkout().sessions().list(params).getData().stream()
          .map(Session::getId)
          .findFirst();
    } catch (StripeException failure) {
      throw unavailable(failure);
    }
  }

  @Override
  public void expire(String session) {
    try {
      access.client().v1().checkout().sessions().expire(session);
    } catch (InvalidRequestException notOpen) {
      // paid or expired meanwhile: whoever asks next is told
    } catch (StripeException failure) {
      throw unavailable(failure);
    }
  }

  @Override
  public void refund(String session, String paymentIntent) {
    var params =
        RefundCreateParams.builder()
            .setPaymentIntent(paymentIntent)
            .setReason(RefundCreateParams.Reason.DUPLICATE)
            .build();
    try {
      access.client().v1().refunds().create(params, keyed("refund-" + session));
    } catch (InvalidRequestException refused) {
      if (!"charge_already_refunded".equals(refused.getCode())) {
        throw unavailable(refused);
      }
    } catch (StripeException failure) {
      throw unavailable(failure);
    }
  }

  private static RequestOptions keyed(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  /// Kind and code of a failure, never its message, which may quote what was sent.
  private Unavailable unavailable(StripeException failure) {
    if (failure instanceof AuthenticationException) {
      access.forget(); // the key has been rolled: the next call asks for the new one
    }

    return new Unavailable(
        failure.getClass().getSimpleName()
            + ' '
            + failure.getStatusCode()
            + ' '
            + failure.getCode());
  }
}

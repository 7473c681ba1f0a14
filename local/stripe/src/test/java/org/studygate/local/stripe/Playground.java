package org.studygate.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.studygate.local.stripe.StripeStandIn.Setup;
import org.studygate.platform.Log;

/// A stand-in with a clock that is moved by hand, and the endpoint of its webhooks.
final class Playground implements AutoCloseable {
  static final String KEY = "sk_test_of_this_machine";
  static final String SECRET = "whsec_of_this_machine";
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  static final URI PAGES = URI.create("http://127.0.0.1:18400");

  final MovedClock clock = new MovedClock();
  final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  final HttpClient http = HttpClient.newHttpClient();
  volatile int answer = 200;
  private final Path folder;
  private final HttpServer endpoint;
  StripeStandIn standIn;
  StripeClient stripe;

  Playground(Path folder) throws IOException {
    this.folder = folder;
    this.endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          var status = answer;
          sent.add(new Sent(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    endpoint.start();
    this.standIn = started();
    this.stripe = client(KEY);
  }

  static final class MovedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-03-01T10:00:00.500Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  record Sent(String body, String signature) {}

  private StripeStandIn started() throws IOException {
    var setup =
        new Setup(
            0,
            PAGES,
            URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook"),
            KEY,
            SECRET,
            folder,
            ROOT);
    var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new StripeStandIn(setup, clock, new SecureRandom(), new Log(quiet, clock));
  }

  void restart() throws IOException {
    standIn.close();
    standIn = started();
    stripe = client(KEY);
  }

  StripeClient client(String key) {
    return StripeClient.builder().setApiKey(key).setApiBase(standIn.base().toString()).build();
  }

  static SessionCreateParams.Builder order(long amount) {
    return orderIn("eur", amount);
  }

  static SessionCreateParams.Builder orderIn(String currency, long amount) {
    return order(currency, amount, "CT thorax");
  }

  static SessionCreateParams.Builder named(String name) {
    return order("eur", 2_500, name);
  }

  private static SessionCreateParams.Builder order(String currency, long amount, String name) {
    return SessionCreateParams.builder()
        .setMode(SessionCreateParams.Mode.PAYMENT)
        .addLineItem(
            LineItem.builder()
                .setQuantity(1L)
                .setPriceData(
                    PriceData.builder()
                        .setCurrency(currency)
                        .setUnitAmount(amount)
                        .setProductData(PriceData.ProductData.builder().setName(name).build())
                        .build())
                .build())
        .setSuccessUrl(PAGES + "/pay?session={CHECKOUT_SESSION_ID}")
        .setCancelUrl(PAGES + "/pay?cancelled")
        .setClientReferenceId("bucket-1")
        .putMetadata("bucket", "bucket-1")
        .setPaymentIntentData(
            SessionCreateParams.PaymentIntentData.builder()
                .putMetadata("bucket", "bucket-1")
                .build());
  }

  String sessionOf(long amount) throws com.stripe.exception.StripeException {
    return stripe.v1().checkout().sessions().create(order(amount).build()).getId();
  }

  /// The next webhook, verified as a function verifies it.
  Event event() throws InterruptedException {
    var next = next();
    try {
      return Webhook.constructEvent(next.body(), next.signature(), SECRET, 300, clock);
    } catch (SignatureVerificationException forged) {
      throw new AssertionError(next.signature(), forged);
    }
  }

  Sent next() throws InterruptedException {
    var next = sent.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a webhook").isNotNull();
    return java.util.Objects.requireNonNull(next);
  }

  List<String> types(int count) throws InterruptedException {
    var types = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      types.add(event().getType());
    }
    return types;
  }

  /// All that is due is sent, and there is no more.
  void nothingMoreIsSent() {
    standIn.tick();
    assertThat(sent).isEmpty();
  }

  HttpResponse<String> control(String path, String json) {
    return send(
        HttpRequest.newBuilder(standIn.base().resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  void act(String session, String act) {
    var answered =
        control("/control/act", "{\"session\":\"" + session + "\",\"act\":\"" + act + "\"}");
    assertThat(answered.statusCode()).as(answered.body()).isEqualTo(200);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(standIn.base().resolve(path)));
  }

  HttpResponse<String> form(String path, String form) {
    return send(
        HttpRequest.newBuilder(standIn.base().resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  @Override
  public void close() {
    standIn.close();
    endpoint.stop(0);
    http.shutdownNow();
  }
}

package org.studygate.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
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
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.studygate.json.JsonObject;
import org.studygate.local.stripe.StripeStandIn;
import org.studygate.local.stripe.StripeStandIn.Setup;
import org.studygate.platform.Environment;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.platform.Secrets;
import org.studygate.platform.TestSecrets;

/// Stripe for the tests of functions: the stand-in over real HTTP, behind a door that hears every
/// call and can be shut, lose answers or tell lies. What the stand-in would tell a webhook waits
/// here until a test takes it.
public final class TestStripe implements AutoCloseable {
  public static final String SECRET = "whsec_of_the_tests";
  public static final String FORMER = "whsec_before_it_was_rotated";
  private static final String KEY = "sk_test_of_the_tests";

  private final Clock clock;
  private final HttpServer door;
  private final HttpServer webhook;
  private final StripeStandIn standIn;
  private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private volatile Predicate<Call> down = _ -> false;
  private volatile Predicate<Call> loses = _ -> false;
  private volatile UnaryOperator<String> lie = answer -> answer;

  /// What a function asked.
  public record Call(String method, String path, String key, String body) {}

  /// What a webhook is told.
  public record Event(String body, String signature) {
    public JsonObject json() {
      return JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    public String type() {
      return json().string("type");
    }
  }

  public TestStripe(Path folder, Clock clock) throws IOException {
    this.clock = clock;
    this.webhook = server(this::heard);
    var setup =
        new Setup(
            0,
            URI.create("https://studygate.example.org"),
            base(webhook),
            KEY,
            SECRET,
            folder,
            Path.of("../..").toAbsolutePath().normalize());
    var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    this.standIn = new StripeStandIn(setup, clock, new SecureRandom(), new Log(quiet, clock));
    this.door = server(this::passed);
  }

  private interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  private HttpServer server(Answering answers) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(answering);
    server.createContext("/", answers::answer);
    server.start();
    return server;
  }

  private static URI base(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void heard(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    events.add(new Event(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void passed(HttpExchange exchange) throws IOException {
    var call = call(exchange);
    calls.add(call);
    if (down.test(call)) {
      refuse(exchange);
      return;
    }
    var answer = forward(exchange, call);
    if (loses.test(call)) {
      refuse(exchange);
      return;
    }
    // the stand-in's pages are found at the port that the functions know
    var body = lie.apply(answer.body().replace(":" + standIn.base().getPort(), ":" + port()));
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.statusCode(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private int port() {
    return door.getAddress().getPort();
  }

  private static Call call(HttpExchange exchange) throws IOException {
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /// Not to be tried again, so that no test waits.
  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Stripe-Should-Retry", "false");
    var body = "{\"error\":{\"type\":\"api_error\"}}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(503, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private HttpResponse<String> forward(HttpExchange exchange, Call call) {
    var request =
        HttpRequest.newBuilder(standIn.base().resolve(call.path()))
            .method(call.method(), BodyPublishers.ofString(call.body()));
    for (var name : List.of("Authorization", "Content-Type", "Idempotency-Key", "Stripe-Version")) {
      var value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  /// The platform of a function, with Stripe's keys and a log that is kept.
  public Platform platform(Platform without) {
    return platform(without, KEY);
  }

  /// With a key of real money: such a function does not believe what is told of test money.
  public Platform live(Platform without) {
    return platform(without, "sk_live_of_the_tests");
  }

  private Platform platform(Platform without, String key) {
    var all = new HashMap<String, String>();
    for (var name : List.of("AWS_REGION", "AWS_ENDPOINT_URL_DYNAMODB", "PUBLIC_ORIGIN")) {
      all.put(name, without.environment().required(name));
    }
    all.put("PEPPER_SECRET_ARN", "pepper");
    all.put("ORIGIN_SECRET_ARN", "origin");
    all.put("STRIPE_SECRET_ARN", "stripe");
    all.put("STRIPE_API_BASE", base(door).toString());
    for (var table : TABLES) {
      var name = table.toUpperCase(java.util.Locale.ROOT) + "_TABLE";
      without.environment().optional(name).ifPresent(value -> all.put(name, value));
    }
    return new Platform(
        new Environment(all),
        without.clock(),
        without.random(),
        without.aws(),
        secrets(key),
        new Log(new PrintStream(log, true, StandardCharsets.UTF_8), clock));
  }

  private static final List<String> TABLES =
      List.of(
          "Departments",
          "Orders",
          "Studies",
          "References",
          "Buckets",
          "Challenges",
          "Sessions",
          "Limits",
          "Outbox",
          "Payments",
          "Audit");

  static Secrets secrets(String key) {
    var others = new TestSecrets();
    return new Secrets() {
      @Override
      public String current(String arn, String field) {
        return switch (field) {
          case "secretKey" -> key;
          case "webhookSecret" -> SECRET;
          default -> others.current(arn, field);
        };
      }

      @Override
      public Optional<String> previous(String arn, String field) {
        return field.equals("webhookSecret") ? Optional.of(FORMER) : others.previous(arn, field);
      }
    };
  }

  /// The way to it without a platform.
  public StripeAccess access() {
    return access(secrets(KEY), Optional.of(base(door).toString()), clock);
  }

  static StripeAccess access(Secrets secrets, Optional<String> base, Clock clock) {
    var quiet = new Log(new PrintStream(OutputStream.nullOutputStream()), clock);
    return new StripeAccess(secrets, "stripe", base, clock, quiet);
  }

  public StripeProvider provider() {
    return new StripeProvider(access(), URI.create("https://studygate.example.org"));
  }

  public String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /// Somebody pays, a bank takes back, time passes: `pay`, `refund`, `dispute`, …
  public void act(String session, String act) {
    act("{\"session\":\"%s\",\"act\":\"%s\"}".formatted(session, act));
  }

  public void act(String json) {
    var request =
        HttpRequest.newBuilder(standIn.base().resolve("/control/act"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    var answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
  }

  /// All sessions there are, the oldest first.
  public List<JsonObject> sessions() {
    var answer = send(HttpRequest.newBuilder(standIn.base().resolve("/control/sessions")));
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8)).objects("sessions");
  }

  public List<String> sessions(String bucket, String status) {
    return sessions().stream()
        .filter(one -> one.string("client_reference_id").equals(bucket))
        .filter(one -> one.string("status").equals(status))
        .map(one -> one.string("id"))
        .toList();
  }

  /// Everything that the webhook was told since it was last asked, in order.
  public List<Event> told() {
    standIn.tick();
    var all = new ArrayList<Event>();
    for (var next = events.poll(); next != null; next = events.poll()) {
      all.add(next);
    }
    return all;
  }

  /// What functions have asked since this was last looked at.
  public List<Call> calls() {
    var all = new ArrayList<Call>();
    for (var next = calls.poll(); next != null; next = calls.poll()) {
      all.add(next);
    }
    return all;
  }

  public void down(boolean isDown) {
    down(_ -> isDown);
  }

  public void down(Predicate<Call> which) {
    down = which;
  }

  /// The call is done, and nobody hears of it.
  public void loses(Predicate<Call> which) {
    loses = which;
  }

  public void lie(UnaryOperator<String> how) {
    lie = how;
  }

  public void behave() {
    down = _ -> false;
    loses = _ -> false;
    lie = answer -> answer;
  }

  /// A genuine event of this moment.
  public Event signed(String body) {
    return signed(body, SECRET, clock.instant());
  }

  public static Event signed(String body, String secret, Instant at) {
    var time = at.getEpochSecond();
    return new Event(body, "t=" + time + ",v1=" + hmac(secret, time + "." + body));
  }

  public static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// An event as Stripe shapes it.
  public static String event(String type, boolean live, Map<String, String> about) {
    var object = org.studygate.json.Json.text(about);
    return "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"%s\",\"livemode\":%s,\"data\":{\"object\":%s}}"
        .formatted(type, live, object);
  }

  @Override
  public void close() {
    door.stop(0);
    standIn.close();
    webhook.stop(0);
    http.shutdownNow();
    answering.shutdownNow();
  }
}

package org.studygate.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource;
import com.stripe.net.StripeResponse;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodType;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The stand-in held to what Stripe says of itself: stripe-mock, which checks each request against
/// Stripe's OpenAPI, gets the same calls, and the stand-in's answers are checked against it.
/// `scripts/stripe-mock` builds it; without it the test is left out and says so.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeMockTest {
  private static final Path BUILT = Playground.ROOT.resolve(".tools/stripe-mock-v0.197.0");

  @TempDir Path folder;
  private Process process;
  private StripeClient mock;
  private OpenApi openApi;
  private Playground on;

  @BeforeAll
  void startMock() throws IOException {
    assertThat(Playground.ROOT.resolve("template.yaml")).as("or nothing is ever found").exists();
    if (!Files.isExecutable(BUILT.resolve("stripe-mock"))) {
      var line = "StripeMockTest is left out: scripts/stripe-mock has built nothing (needs Go)";
      assertThat(System.getenv("REQUIRE_PEERS")).as(line).isNotEqualTo("1");
      System.out.println(line);
      abort(line);
    }
    var port = freePort();
    process =
        new ProcessBuilder(
                BUILT.resolve("stripe-mock").toString(),
                "-http-addr",
                "127.0.0.1:" + port,
                "-https-addr", // it listens on every interface where it is not told
                "127.0.0.1:" + freePort())
            .redirectErrorStream(true)
            .start();
    await(process, "Listening for HTTP at");
    mock =
        StripeClient.builder()
            .setApiKey("sk_test_123")
            .setApiBase("http://127.0.0.1:" + port)
            .build();
    openApi = OpenApi.read(BUILT.resolve("spec3.json"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(Process process, String line) throws IOException {
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var read = out.readLine(); read != null; read = out.readLine()) {
      if (read.startsWith(line)) {
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {})); // or it stops at a full pipe
        return;
      }
    }
    throw new IOException("stripe-mock did not start");
  }

  @AfterAll
  void stopMock() throws InterruptedException {
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @BeforeEach
  void start() throws IOException {
    on = new Playground(folder.resolve("state-" + System.identityHashCode(this) + started++));
  }

  private int started;

  @AfterEach
  void stop() {
    on.close();
  }

  private interface Call {
    void on(StripeClient stripe) throws StripeException;
  }

  private static int status(Call call, StripeClient stripe) {
    try {
      call.on(stripe);
      return 200;
    } catch (StripeException refused) {
      return Objects.requireNonNull(refused.getStatusCode());
    }
  }

  private static Call create(SessionCreateParams.Builder order) {
    return stripe -> stripe.v1().checkout().sessions().create(order.build());
  }

  private static SessionCreateParams.Builder order() {
    return Playground.order(2_500);
  }

  /// What stripe-java sends for an order, with one field changed.
  private static Map<String, String> form(String name, String value) {
    var fields = new TreeMap<String, String>();
    fields.put("mode", "payment");
    fields.put("line_items[0][quantity]", "1");
    fields.put("line_items[0][price_data][currency]", "eur");
    fields.put("line_items[0][price_data][unit_amount]", "2500");
    fields.put("line_items[0][price_data][product_data][name]", "CT thorax");
    fields.put("success_url", "http://127.0.0.1:18400/pay");
    fields.put(name, value);
    return fields;
  }

  private static Call post(String path, Map<String, String> fields) {
    var content =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return stripe -> {
      var answer = stripe.rawRequest(ApiResource.RequestMethod.POST, path, content);
      assertThat(answer.code()).isEqualTo(200);
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void whatStripeRefusesTheStandInRefuses() {
    var price = "line_items[0][price_data]";
    var wrong =
        List.of(
            form("colour", "red"),
            form("payment_method_types[0]", "gold"),
            form("payment_method_types", "card"),
            form("mode", "gift"),
            form("ui_mode", "floating"),
            form("locale", "xx"),
            form("expires_at", "soon"),
            form("submit_type", "give"),
            form("customer_creation", "never"),
            form("metadata", "text"),
            form("metadata[a][b]", "text"),
            form("adaptive_pricing[enabled]", "perhaps"),
            form("custom_text[submit][colour]", "red"),
            form("line_items[0][quantity]", "many"),
            form("line_items[0][quantity][x]", "1"),
            form(price + "[unit_amount]", "much"),
            form(price + "[unit_amount]", "12.5"),
            form(price + "[tax_behavior]", "none"));
    var calls = new LinkedHashMap<String, Call>();
    wrong.forEach(fields -> calls.put(fields.toString(), post("/v1/checkout/sessions", fields)));
    for (var fields :
        List.of(
            Map.of("colour", "red"),
            Map.of("payment_intent", "pi_1", "reason", "regret"),
            Map.of("payment_intent", "pi_1", "amount", "all"))) {
      calls.put("refund " + fields, post("/v1/refunds", fields));
    }
    assertThat(status(post("/v1/checkout/sessions", form("mode", "payment")), mock)).isEqualTo(200);
    assertThat(status(post("/v1/checkout/sessions", form("mode", "payment")), on.stripe))
        .isEqualTo(200);
    assertThat(taken(calls, mock)).as("by Stripe").isEmpty();
    assertThat(taken(calls, on.stripe)).as("by the stand-in").isEmpty();
  }

  /// Stripe refuses these; stripe-mock looks at the outermost names alone and at no length.
  @Test
  void theStandInIsAsStrictInside() {
    var calls = new LinkedHashMap<String, Call>();
    for (var name :
        List.of(
            "payment_intent_data[colour]",
            "line_items[0][colour]",
            "line_items[0][price_data][colour]",
            "line_items[0][price_data][product_data][id]")) {
      calls.put(name, post("/v1/checkout/sessions", form(name, "red")));
    }
    assertThat(taken(calls, on.stripe)).isEmpty();
  }

  private static List<String> taken(Map<String, Call> calls, StripeClient stripe) {
    return calls.entrySet().stream()
        .filter(call -> status(call.getValue(), stripe) != 400)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void theDescriptionFindsFaults() {
    var right = "{'amount':1,'created':1,'currency':'eur','id':'re_1','object':'refund'}";
    assertThat(openApi.faults("refund", parse(right))).isEmpty();
    for (var wrong :
        List.of(
            right.replace("'amount':1,", ""),
            right.replace("'amount':1", "'amount':'1'"),
            right.replace("'amount':1", "'amount':null"),
            right.replace("'refund'", "'charge'"),
            right.replace("{", "{'colour':'red',"))) {
      assertThat(openApi.faults("refund", parse(wrong))).as(wrong).hasSize(1);
    }
  }

  @Test
  void whatTheStandInTakesStripeTakes() throws StripeException {
    var full =
        order()
            .addPaymentMethodType(PaymentMethodType.CARD)
            .addPaymentMethodType(PaymentMethodType.BANCONTACT)
            .addPaymentMethodType(PaymentMethodType.IDEAL)
            .addPaymentMethodType(PaymentMethodType.SEPA_DEBIT)
            .setLocale(SessionCreateParams.Locale.NL)
            .setExpiresAt(on.clock.instant().getEpochSecond() + 3_600)
            .addExpand("payment_intent");
    assertThat(status(create(full), mock)).isEqualTo(200);
    assertThat(status(create(full), on.stripe)).isEqualTo(200);
    var id = on.sessionOf(2_500);
    on.act(id, "pay");
    var intent = on.stripe.v1().checkout().sessions().retrieve(id).getPaymentIntent();
    var calls =
        List.<Call>of(
            stripe ->
                stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .retrieve(
                        id,
                        SessionRetrieveParams.builder()
                            .addExpand("line_items")
                            .addExpand("payment_intent.latest_charge")
                            .build()),
            stripe ->
                stripe
                    .v1()
                    .checkout()
                    .sessions()
                    .list(
                        SessionListParams.builder()
                            .setPaymentIntent(intent)
                            .setLimit(3L)
                            .addExpand("data.payment_intent")
                            .build()),
            stripe -> stripe.v1().checkout().sessions().lineItems().list(id),
            stripe -> stripe.v1().paymentIntents().retrieve(intent),
            stripe ->
                stripe
                    .v1()
                    .charges()
                    .list(ChargeListParams.builder().setPaymentIntent(intent).build()),
            stripe ->
                stripe
                    .v1()
                    .disputes()
                    .list(DisputeListParams.builder().setPaymentIntent(intent).build()),
            stripe ->
                stripe
                    .v1()
                    .refunds()
                    .list(RefundListParams.builder().setPaymentIntent(intent).build()),
            stripe ->
                stripe
                    .v1()
                    .refunds()
                    .create(
                        RefundCreateParams.builder()
                            .setPaymentIntent(intent)
                            .setAmount(500L)
                            .setReason(RefundCreateParams.Reason.DUPLICATE)
                            .putMetadata("why", "paid twice")
                            .build()),
            stripe -> stripe.v1().events().list());
    for (var i = 0; i < calls.size(); i++) {
      assertThat(status(calls.get(i), mock)).as("Stripe, call " + i).isEqualTo(200);
      assertThat(status(calls.get(i), on.stripe)).as("stand-in, call " + i).isEqualTo(200);
    }
  }

  /// Every state of every method, every object and every event.
  @Test
  void everyAnswerAndEventIsAsStripeDescribesIt() throws Exception {
    var sessions = on.stripe.v1().checkout().sessions();
    for (var method : Shapes.methods()) {
      var order = order().putExtraParam("payment_method_types", List.of(method)).build();
      var made = sessions.create(order);
      asDescribed("/v1/checkout/sessions", "post", made.getLastResponse());
      on.act(made.getId(), method.equals("eps") ? "fail" : "pay");
    }
    var later = on.sessionOf(2_500);
    on.act(later, "pay-later");
    on.act(later, "fail-later");
    var refunded = on.sessionOf(2_500);
    on.act(refunded, "pay");
    var intent = sessions.retrieve(refunded).getPaymentIntent();
    var refund = RefundCreateParams.builder().setPaymentIntent(intent).build();
    asDescribed("/v1/refunds", "post", on.stripe.v1().refunds().create(refund).getLastResponse());
    for (var end : List.of("win", "lose")) {
      var disputed = on.sessionOf(2_500);
      on.act(disputed, "pay");
      on.act(disputed, "dispute");
      on.act(disputed, end);
    }
    var failed = on.sessionOf(2_500);
    on.act(failed, "fail");
    var expired = sessions.expire(failed);
    asDescribed("/v1/checkout/sessions/{session}/expire", "post", expired.getLastResponse());

    var expand =
        SessionListParams.builder()
            .setLimit(100L)
            .addExpand("data.line_items")
            .addExpand("data.payment_intent.latest_charge.refunds")
            .build();
    asDescribed("/v1/checkout/sessions", "get", sessions.list(expand).getLastResponse());
    asDescribed("/v1/charges", "get", on.stripe.v1().charges().list().getLastResponse());
    asDescribed("/v1/refunds", "get", on.stripe.v1().refunds().list().getLastResponse());
    asDescribed("/v1/disputes", "get", on.stripe.v1().disputes().list().getLastResponse());
    asDescribed(
        "/v1/checkout/sessions/{session}/line_items",
        "get",
        sessions.lineItems().list(refunded).getLastResponse());
    on.standIn.tick();
    var types = new TreeSet<String>();
    for (var sent : List.copyOf(on.sent)) {
      var event = JsonParser.parseString(sent.body()).getAsJsonObject();
      types.add(event.get("type").getAsString());
      assertThat(openApi.faults("event", event)).isEmpty();
      var object = event.getAsJsonObject("data").get("object");
      var name = object.getAsJsonObject().get("object").getAsString();
      assertThat(openApi.faults(name, object)).as(event.get("type").getAsString()).isEmpty();
    }
    assertThat(types).hasSize(20);
  }

  @Test
  void refusalsAreAsStripeDescribesThem() {
    var notThere = on.get("/v1/checkout/sessions");
    assertThat(notThere.statusCode()).isEqualTo(401);
    assertThat(notThere.headers().firstValue("Request-Id")).isPresent();
    assertThat(
            openApi.faultsOfAnswer(
                "/v1/checkout/sessions", "get", "default", parse(notThere.body())))
        .isEmpty();
  }

  private void asDescribed(String path, String method, StripeResponse answer) {
    assertThat(openApi.faultsOfAnswer(path, method, "200", parse(answer.body())))
        .as(method + " " + path)
        .isEmpty();
  }

  private static JsonElement parse(String json) {
    return JsonParser.parseString(json);
  }
}

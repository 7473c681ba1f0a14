package org.studygate.local.stripe;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.studygate.local.stripe.Ledger.Batch;
import org.studygate.local.stripe.Ledger.Cause;
import org.studygate.platform.Log;

/// Events on their way: kept until the endpoint says 2xx, tried again after growing delays and
/// given up after the last. Switches make them come as they sometimes do: twice, in another order,
/// late, with a signature that is not ours, never.
final class Webhooks {
  static final String DELIVERY = "delivery";
  private static final String SWITCHES = "switches";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int KEPT = 300;
  private static final int MOST_COPIES = 5;

  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(3));

  private final Ledger ledger;
  private final URI endpoint;
  private final String secret;
  private final Clock clock;
  private final Log log;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Webhooks(Ledger ledger, URI endpoint, String secret, Clock clock, Log log) {
    this.ledger = ledger;
    this.endpoint = endpoint;
    this.secret = secret;
    this.clock = clock;
    this.log = log;
  }

  /// How events are sent from now on.
  ///
  /// @param duplicate how often each is sent
  /// @param reorder those of one change the last first; of held ones, all
  /// @param hold not before they are released
  /// @param drop never
  /// @param forge signed with another secret
  /// @param rotate two signatures, the first of a secret that is no longer ours
  record Switches(
      int duplicate, boolean reorder, boolean hold, boolean drop, boolean forge, boolean rotate) {
    static final Switches NORMAL = new Switches(1, false, false, false, false, false);

    Switches {
      if (duplicate < 1 || duplicate > MOST_COPIES) {
        throw Refusal.invalid("duplicate must be from 1 to " + MOST_COPIES, "duplicate");
      }
    }

    private static Switches of(Doc doc) {
      return new Switches(
          (int) doc.number("duplicate"),
          doc.flag("reorder"),
          doc.flag("hold"),
          doc.flag("drop"),
          doc.flag("forge"),
          doc.flag("rotate"));
    }

    private Doc doc() {
      return Doc.of(
          "id", SWITCHES,
          "object", SWITCHES,
          "duplicate", duplicate,
          "reorder", reorder,
          "hold", hold,
          "drop", drop,
          "forge", forge,
          "rotate", rotate);
    }
  }

  static Switches switches(Batch batch) {
    return batch.find(SWITCHES, SWITCHES).map(Switches::of).orElse(Switches.NORMAL);
  }

  /// What was held is released when holding ends.
  static void set(Batch batch, Switches switches) {
    batch.put(switches.doc());
    if (!switches.hold()) {
      var held = batch.all(DELIVERY).stream().filter(one -> one.is("state", "held")).toList();
      var places = held.stream().map(one -> one.number("place")).toList();
      for (var i = 0; i < held.size(); i++) {
        var place = places.get(switches.reorder() ? held.size() - 1 - i : i);
        batch.put(held.get(i).with("state", "waiting", "place", place, "due", batch.millis()));
      }
    }
  }

  /// Puts the events of a batch on their way.
  static void enqueue(Batch batch) {
    var events = batch.events();
    if (events.isEmpty()) {
      return;
    }
    var switches = switches(batch);
    var sent = new ArrayList<Doc>();
    for (var i = 0; i < switches.duplicate(); i++) {
      sent.addAll(events);
    }
    var place = lastPlace(batch);
    for (var event : switches.reorder() ? sent.reversed() : sent) {
      batch.put(
          delivery(batch, event, ++place)
              .with(
                  "state",
                  switches.drop() ? "dropped" : switches.hold() ? "held" : "waiting",
                  "forge",
                  switches.forge(),
                  "rotate",
                  switches.rotate()));
    }
    forgetOld(batch);
  }

  private static Doc delivery(Batch batch, Doc event, long place) {
    return Doc.of(
        "id",
        batch.ids().next("whd_"),
        "object",
        DELIVERY,
        "event",
        event.id(),
        "type",
        event.text("type"),
        "state",
        "waiting",
        "place",
        place,
        "due",
        batch.millis(),
        "attempts",
        0,
        "status",
        0,
        "forge",
        false,
        "rotate",
        false);
  }

  private static long lastPlace(Batch batch) {
    return batch.all(DELIVERY).stream().mapToLong(one -> one.number("place")).max().orElse(0);
  }

  /// The log is bounded; what is still on its way stays.
  private static void forgetOld(Batch batch) {
    var all = batch.all(DELIVERY);
    for (var one : all.subList(0, Math.max(0, all.size() - KEPT))) {
      if (!one.is("state", "waiting") && !one.is("state", "held")) {
        batch.remove(one);
        batch.find("event", one.text("event")).ifPresent(batch::remove);
      }
    }
  }

  /// The same event again, at once and well signed, whatever the switches say.
  static Doc again(Batch batch, String id) {
    var before = batch.find(DELIVERY, id).orElseThrow(() -> Refusal.absent(DELIVERY, id, "id"));
    var event =
        batch
            .find("event", before.text("event"))
            .orElseThrow(() -> Refusal.absent("event", before.text("event"), "id"));
    return batch.put(delivery(batch, event, lastPlace(batch) + 1));
  }

  /// Sends all that is due, one after the other, also what comes due meanwhile.
  synchronized void run() {
    for (var due = due(); due.isPresent(); due = due()) {
      var status = send(due.get());
      if (Thread.currentThread().isInterrupted()) {
        return; // stopped: sent again after the next start
      }
      var sent = due.get();
      ledger.change(
          Cause.CLICK,
          batch ->
              batch
                  .find(DELIVERY, sent.delivery().id()) // or everything was cleared meanwhile
                  .map(_ -> batch.put(answered(batch, sent, status))));
    }
  }

  private record Due(Doc delivery, Doc event) {}

  private Optional<Due> due() {
    return ledger.change(
        Cause.CLICK,
        batch ->
            batch.all(DELIVERY).stream()
                .filter(one -> one.is("state", "waiting") && one.number("due") <= batch.millis())
                .min(Comparator.comparingLong(one -> one.number("place")))
                .map(one -> new Due(one, batch.find("event", one.text("event")).orElseThrow())));
  }

  private Doc answered(Batch batch, Due sent, int status) {
    var attempts = (int) sent.delivery().number("attempts") + 1;
    var tried = sent.delivery().with("attempts", attempts, "status", status);
    if (status >= 200 && status < 300) {
      batch.put(sent.event().with("pending_webhooks", 0));
      return tried.with("state", "delivered");
    }
    log.warn("stripe-webhook-refused", Map.of("status", status, "attempts", attempts));
    return attempts > DELAYS.size()
        ? tried.with("state", "given up")
        : tried.with("due", batch.millis() + DELAYS.get(attempts - 1).toMillis());
  }

  /// The status, or 0 without an answer.
  private int send(Due due) {
    var body = due.event().json();
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
            .header("Stripe-Signature", signature(due.delivery(), body))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException noAnswer) {
      return 0;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private String signature(Doc delivery, byte[] body) {
    var time = clock.instant().getEpochSecond();
    var old = "v1=" + hmac("whsec_of_before_the_rotation", time, body);
    var ours = "v1=" + hmac(secret, time, body);
    var signed = delivery.flag("forge") ? old : delivery.flag("rotate") ? old + "," + ours : ours;
    return "t=" + time + "," + signed;
  }

  static String hmac(String secret, long time, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

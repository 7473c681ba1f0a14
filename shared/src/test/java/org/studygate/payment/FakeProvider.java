package org.studygate.payment;

import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.studygate.department.Price;

/// A payment provider for tests, which knows what it was asked and moves when a test says so.
public final class FakeProvider implements PaymentProvider {
  private final Map<String, Told> sessions = new LinkedHashMap<>();
  private final Map<String, String> byKey = new HashMap<>();
  private final Set<String> refunds = new TreeSet<>();
  private int opened;
  private int refundCalls;
  private boolean down;

  @Override
  public synchronized Opened open(Request request) {
    answering();
    var session =
        byKey.computeIfAbsent(
            request.key(),
            _ -> {
              var id = "cs_test_" + ++opened + "_" + request.bucket().substring(0, 6);
              put(id, request.bucket(), request.price(), Stage.OPEN);
              return id;
            });
    return new Opened(session, URI.create("https://checkout.stripe.com/c/" + session));
  }

  private void put(String session, String bucket, Price price, Stage stage) {
    var url =
        stage == Stage.OPEN
            ? Optional.of(URI.create("https://checkout.stripe.com/c/" + session))
            : Optional.<URI>empty();
    var intent =
        stage == Stage.OPEN || stage == Stage.EXPIRED
            ? Optional.<String>empty()
            : Optional.of("pi_" + session);
    var refunded = stage == Stage.REFUNDED ? price.value() : 0;
    sessions.put(session, new Told(session, bucket, price, false, stage, url, intent, refunded));
  }

  /// Something happens at the provider's.
  public synchronized void become(String session, Stage stage) {
    var was = sessions.get(session);
    if (was == null) {
      throw new IllegalArgumentException(session);
    }
    put(session, was.bucket(), was.price(), stage);
  }

  /// It tells something else than it was asked for.
  public synchronized void lie(Told told) {
    sessions.put(told.session(), told);
  }

  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  private void answering() {
    if (down) {
      throw new Unavailable("down");
    }
  }

  @Override
  public synchronized Optional<Told> find(String session) {
    answering();
    return Optional.ofNullable(sessions.get(session));
  }

  @Override
  public synchronized Optional<String> sessionOf(String paymentIntent) {
    answering();
    return sessions.keySet().stream().filter(id -> paymentIntent.equals("pi_" + id)).findFirst();
  }

  @Override
  public synchronized void expire(String session) {
    answering();
    if (find(session).filter(told -> told.stage() == Stage.OPEN).isPresent()) {
      become(session, Stage.EXPIRED);
    }
  }

  @Override
  public synchronized void refund(String session, String paymentIntent) {
    answering();
    refundCalls++;
    if (refunds.add(session)) {
      become(session, Stage.REFUNDED);
    }
  }

  public synchronized int refundCalls() {
    return refundCalls;
  }

  public synchronized Set<String> refunds() {
    return Set.copyOf(refunds);
  }

  public synchronized long open() {
    return sessions.values().stream().filter(told -> told.stage() == Stage.OPEN).count();
  }

  public synchronized Map<String, Told> all() {
    return Map.copyOf(sessions);
  }
}

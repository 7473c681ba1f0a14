package org.studygate.local.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.studygate.json.Json;
import org.studygate.local.stripe.Ledger.Cause;
import org.studygate.platform.Log;

/// The server. It binds when made and serves at once; `startTimer` lets time do its part.
public final class StripeStandIn implements AutoCloseable {
  private final URI base;
  private final Log log;
  private final Ledger ledger;
  private final Payments payments;
  private final Webhooks webhooks;
  private final Html html;
  private final Api api;
  private final HostedPage hosted;
  private final Dashboard dashboard;
  private final Control control;
  private final HttpServer server;
  private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService sending =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stripe-webhooks").factory());

  /// @param port on loopback; 0 takes a free one
  /// @param pages where the patients' pages are
  /// @param webhook where events are sent
  /// @param secretKey `sk_test_…`, which callers of the API must show
  /// @param webhookSecret `whsec_…`, with which events are signed
  /// @param state folder of its state, made where missing
  /// @param root folder of the project, where the style sheets are
  public record Setup(
      int port,
      URI pages,
      URI webhook,
      String secretKey,
      String webhookSecret,
      Path state,
      Path root) {
    @Override
    public String toString() {
      return "Setup[" + port + "]";
    }
  }

  public StripeStandIn(Setup setup, Clock clock, SecureRandom random, Log log) throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), setup.port()), 0);
    this.log = log;
    var port = server.getAddress().getPort();
    this.base = URI.create("http://127.0.0.1:" + port);
    var ids = new Ids(random);
    this.ledger = new Ledger(setup.state(), clock, ids);
    // another site than the patients' pages, as Stripe's is: a browser keeps its cookies to itself
    this.payments = new Payments(URI.create("http://localhost:" + port));
    this.webhooks = new Webhooks(ledger, setup.webhook(), setup.webhookSecret(), clock, log);
    this.html = new Html(setup.root());
    this.api = new Api(ledger, payments, setup.secretKey(), ids, log);
    this.hosted = new HostedPage(ledger, payments, this::wake);
    this.dashboard = new Dashboard(ledger, payments, setup.pages(), this::wake);
    this.control = new Control(ledger, payments, this::wake);
    server.setExecutor(answering);
    server.createContext("/", this::serve);
    server.start();
    wake();
  }

  /// For `StripeClient.builder().setApiBase`; the dashboard is its `/`.
  public URI base() {
    return base;
  }

  /// Looks at expiry and at webhooks that are due, again and again.
  public void startTimer(Duration period) {
    var _ =
        sending.scheduleWithFixedDelay(
            this::lookAround, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void lookAround() {
    try {
      tick();
    } catch (RuntimeException failure) { // or the timer would stop
      log.error("stripe-failed", failure);
    }
  }

  /// Lets sessions expire and sends all webhooks that are due; returns when that is done.
  public void tick() {
    ledger.change(
        Cause.CLICK,
        batch -> {
          payments.expireOverdue(batch);
          return true;
        });
    webhooks.run();
  }

  /// Sends what has just happened, soon and elsewhere.
  private void wake() {
    try {
      sending.execute(webhooks::run);
    } catch (RejectedExecutionException stopping) {
      // sent after the next start
    }
  }

  /// All payments, webhooks and switches gone.
  public void clear() {
    ledger.clear();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.startsWith("/v1/")) {
      api.serve(exchange);
      wake();
    } else if (!Http.ours(exchange)) {
      Http.json(exchange, 403, Json.bytes(Map.of("message", "This is for this machine alone.")));
    } else if (path.startsWith(HostedPage.PATH)) {
      hosted.serve(exchange);
    } else if (path.startsWith("/control")) {
      control.serve(exchange);
    } else if (path.startsWith("/styles/")) {
      html.style(exchange, path.substring("/styles/".length()));
    } else {
      dashboard.serve(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    answering.shutdownNow();
    sending.shutdownNow();
  }
}

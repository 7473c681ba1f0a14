package org.studygate.stripe;

import com.stripe.StripeClient;
import com.stripe.model.checkout.Session;
import com.stripe.net.ApiResource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.studygate.platform.Log;
import org.studygate.platform.RotatedSecret;
import org.studygate.platform.Secrets;

/// The way to Stripe: the keys when they are first needed, never before a SnapStart snapshot.
///
/// The secret is JSON, `{"secretKey", "webhookSecret"}`. `base` is another address than Stripe's,
/// for a stand-in only.
public final class StripeAccess {
  /// As deep as the answers that are asked for.
  private static final String ANSWER =
      """
      {"id":"cs","object":"checkout.session","status":"complete","payment_status":"paid",
       "payment_intent":{"id":"pi","object":"payment_intent",
                         "latest_charge":{"id":"ch","object":"charge"}}}
      """;

  /// Two tries of ten seconds end before the function that asks, and before the gateway's patience.
  private static final int CONNECT_MS = 2_000;
  private static final int READ_MS = 8_000;
  private static final int RETRIES = 1;

  private final Secrets secrets;
  private final String arn;
  private final Optional<String> base;
  private final RotatedSecret webhook;
  private volatile @Nullable Known known;

  private record Known(StripeClient client, boolean live) {
    @Override
    public String toString() {
      return "Known[…]";
    }
  }

  public StripeAccess(Secrets secrets, String arn, Optional<String> base, Clock clock, Log log) {
    this.secrets = secrets;
    this.arn = arn;
    this.base = base;
    this.webhook = new RotatedSecret(secrets, arn, "webhookSecret", clock, log);
  }

  StripeClient client() {
    return known().client;
  }

  /// Real money: told by the key, so that it cannot be set wrongly.
  public boolean live() {
    return known().live;
  }

  Optional<String> base() {
    return base;
  }

  /// The secret of the webhook in force and the one before it, so that it can be rotated.
  List<String> webhookSecrets() {
    return webhook.values();
  }

  private Known known() {
    var access = known;
    if (access == null) {
      var key = secrets.current(arn, "secretKey");
      access = new Known(client(key), key.contains("_live_"));
      known = access;
    }
    return access;
  }

  private StripeClient client(String key) {
    var builder =
        StripeClient.builder()
            .setApiKey(key)
            .setConnectTimeout(CONNECT_MS)
            .setReadTimeout(READ_MS)
            .setMaxNetworkRetries(RETRIES);
    base.ifPresent(builder::setApiBase);
    return builder.build();
  }

  /// Wakes what reading an answer needs, without a key and without a call.
  void prime() {
    ApiResource.GSON.fromJson(ANSWER, Session.class);
    client("priming").v1().checkout().sessions();
  }

  /// After a restore nothing of the snapshot counts.
  public void forget() {
    webhook.forget();
    known = null;
  }
}

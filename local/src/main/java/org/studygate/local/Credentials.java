package org.studygate.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.platform.Tokens;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// Keys and secrets of this machine, made once and kept in the data folder.
final class Credentials {
  static final String OWN = "STUDYGATE";
  static final String ORIGIN = "origin";
  private static final String PEPPER = "pepper";
  private static final String STRIPE_KEY = "stripe";
  private static final String STRIPE_WEBHOOK = "stripe-webhook";

  private final Path file;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Tokens tokens = new Tokens(new SecureRandom());

  private Credentials(Path file) {
    this.file = file;
  }

  static Credentials load(Path file) throws IOException {
    var credentials = new Credentials(file);
    if (Files.exists(file)) {
      var json = JsonObject.parse(Files.readAllBytes(file));
      for (var name : json.names()) {
        credentials.secrets.put(name, json.string(name));
      }
    }
    return credentials;
  }

  /// The secret of a name, made when it is first asked for.
  synchronized String secret(String name) {
    return secrets.computeIfAbsent(
        name,
        _ -> {
          var made = tokens.id();
          var all = new HashMap<>(secrets);
          all.put(name, made);
          try {
            Files.write(file, Json.bytes(all));
          } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
          }
          return made;
        });
  }

  /// What the stand-in for Stripe asks of its callers.
  String stripeKey() {
    return "sk_test_" + secret(STRIPE_KEY);
  }

  /// What webhooks are signed with.
  String stripeWebhookSecret() {
    return "whsec_" + secret(STRIPE_WEBHOOK);
  }

  static String accessKey(String department) {
    return "DEPARTMENT-" + department.toUpperCase(java.util.Locale.ROOT);
  }

  /// Looked up at each call, so that a department made later has its identity too.
  Map<String, S3Server.Identity> identities() {
    var identities = new HashMap<String, S3Server.Identity>();
    identities.put(OWN, new S3Server.Identity(secret(OWN), ""));
    for (var department : Demo.DEPARTMENTS) {
      var key = accessKey(department);
      identities.put(key, new S3Server.Identity(secret(key), department));
    }
    return identities;
  }

  void secrets(SecretsManagerClient client, StripeAccess stripe) {
    put(client, "PepperSecret", Map.of("pepper", secret(PEPPER)));
    put(client, "OriginSecret", Map.of("value", secret(ORIGIN)));
    put(
        client,
        "StripeSecret",
        Map.of("secretKey", stripe.secretKey(), "webhookSecret", stripe.webhookSecret()));
  }

  private static void put(SecretsManagerClient client, String name, Map<String, String> value) {
    client.createSecret(create -> create.name(name).secretString(Json.text(value)));
  }
}

package org.studygate.local;

import java.net.URI;
import java.util.Optional;

/// How the functions reach Stripe: the stand-in, or Stripe's own test mode where its key was given.
///
/// @param base of the API; empty means Stripe's own, which its library knows
/// @param webhookSecret what the stand-in signs with; Stripe itself knows nothing of it and reaches
///     no webhook on this machine, so there the page after the payment asks instead
record StripeAccess(Optional<URI> base, String secretKey, String webhookSecret) {
  static StripeAccess of(Settings settings, Credentials credentials) {
    var own = settings.stripeKey();
    return new StripeAccess(
        own.isPresent() ? Optional.empty() : Optional.of(settings.stripe()),
        own.orElseGet(credentials::stripeKey),
        credentials.stripeWebhookSecret());
  }

  @Override
  public String toString() {
    return "StripeAccess[" + base + "]";
  }
}

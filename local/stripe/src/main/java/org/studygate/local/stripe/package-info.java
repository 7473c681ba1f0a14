/// Stripe on this machine: the API as `stripe-java` calls it, the hosted page, a dashboard and
/// webhooks. No money moves. What it answers is held to Stripe's own OpenAPI by `StripeMockTest`.
@NullMarked
package org.studygate.local.stripe;

import org.jspecify.annotations.NullMarked;

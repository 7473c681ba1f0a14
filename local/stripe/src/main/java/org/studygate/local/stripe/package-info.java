/// Stripe on this machine: the API as `stripe-java` calls it, the hosted page, a dashboard and
/// webhooks. No money moves. What it answers is held to Stripe's own OpenAPI by `StripeMockTest`.
///
/// It is frozen: it plays what `StripeProvider` and `StripeEvents` need, and what tests look at
/// beside it, and grows only with a new call of ours.
///
/// | call | with |
/// | --- | --- |
/// | make a Checkout Session | one item, method, language, end, our marks |
/// | read one | `expand=payment_intent.latest_charge` |
/// | list them | by `payment_intent` |
/// | expire one | |
/// | refund | a `payment_intent`, all or a part |
/// | list disputes | by `payment_intent` |
/// | webhooks | sessions, charges, refunds, disputes; signed |
///
/// Any other parameter, expansion or path is refused. The objects' fields are data: the files in
/// `src/main/resources/stripe`.
@NullMarked
package org.studygate.local.stripe;

import org.jspecify.annotations.NullMarked;

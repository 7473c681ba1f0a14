/// Stripe behind the port of payments. Nothing else knows a type of Stripe's.
@NullMarked
package org.studygate.stripe;

import org.jspecify.annotations.NullMarked;

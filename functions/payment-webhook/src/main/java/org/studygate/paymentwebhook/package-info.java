/// What the payment provider tells, checked and settled.
@NullMarked
package org.studygate.paymentwebhook;

import org.jspecify.annotations.NullMarked;

/// Payment before access: one Checkout Session at a time, one settlement for every way in, one
/// pincode a bucket.
@NullMarked
package org.studygate.payment;

import org.jspecify.annotations.NullMarked;

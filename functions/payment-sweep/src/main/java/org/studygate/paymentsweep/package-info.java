/// Payments that nobody has told us of, asked after.
@NullMarked
package org.studygate.paymentsweep;

import org.jspecify.annotations.NullMarked;

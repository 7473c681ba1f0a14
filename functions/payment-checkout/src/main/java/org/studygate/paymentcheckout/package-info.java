/// One payment begun at a time, and how it stands.
@NullMarked
package org.studygate.paymentcheckout;

import org.jspecify.annotations.NullMarked;

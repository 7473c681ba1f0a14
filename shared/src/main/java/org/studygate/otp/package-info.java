/// One-time codes: challenges, attempts, sends.
@NullMarked
package org.studygate.otp;

import org.jspecify.annotations.NullMarked;

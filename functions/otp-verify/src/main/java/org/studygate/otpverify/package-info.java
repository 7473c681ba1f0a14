/// A one-time code judged, a visit opened.
@NullMarked
package org.studygate.otpverify;

import org.jspecify.annotations.NullMarked;

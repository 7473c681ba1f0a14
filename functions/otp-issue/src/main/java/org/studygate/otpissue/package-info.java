/// Another one-time code for an open challenge.
@NullMarked
package org.studygate.otpissue;

import org.jspecify.annotations.NullMarked;

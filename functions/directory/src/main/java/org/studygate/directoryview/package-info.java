/// Whom somebody may share with, and whom one keeps at hand.
@NullMarked
package org.studygate.directoryview;

import org.jspecify.annotations.NullMarked;

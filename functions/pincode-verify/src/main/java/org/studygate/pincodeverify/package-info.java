/// A pincode judged, a visit opened.
@NullMarked
package org.studygate.pincodeverify;

import org.jspecify.annotations.NullMarked;

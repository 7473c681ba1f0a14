/// What a department was told in a day, counted and mailed once.
@NullMarked
package org.studygate.digest;

import org.jspecify.annotations.NullMarked;

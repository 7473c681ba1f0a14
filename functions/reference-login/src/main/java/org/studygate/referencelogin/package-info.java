/// Number and date of birth, and what comes after them.
@NullMarked
package org.studygate.referencelogin;

import org.jspecify.annotations.NullMarked;

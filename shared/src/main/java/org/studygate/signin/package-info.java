/// From a number to a visit: the number and the date of birth, codes, steps on the way, and out
// again.
@NullMarked
package org.studygate.signin;

import org.jspecify.annotations.NullMarked;

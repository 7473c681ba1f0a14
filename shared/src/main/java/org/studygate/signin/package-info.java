/// From a number to a visit and out again: number and date of birth, codes, the steps between.
@NullMarked
package org.studygate.signin;

import org.jspecify.annotations.NullMarked;

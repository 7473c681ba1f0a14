/// Numbers that people print: what is asked for, what a department lets, one act that makes the
/// number and what it opens.
@NullMarked
package org.studygate.printing;

import org.jspecify.annotations.NullMarked;

/// Rules over the whole.
@NullMarked
package org.studygate.checks;

import org.jspecify.annotations.NullMarked;

/// What somebody has seen of studies, and what they are marked with.
@NullMarked
package org.studygate.mark;

import org.jspecify.annotations.NullMarked;

/// Series built anew after their instances have come, studies judged complete.
@NullMarked
package org.studygate.studyrollup;

import org.jspecify.annotations.NullMarked;

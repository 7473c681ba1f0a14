/// Who did what, when, with what outcome: the append-only trail and the log without personal data.
@NullMarked
package org.studygate.audit;

import org.jspecify.annotations.NullMarked;

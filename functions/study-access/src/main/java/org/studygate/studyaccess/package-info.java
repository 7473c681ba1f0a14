/// Who has access to a study, what was sent, and its end.
@NullMarked
package org.studygate.studyaccess;

import org.jspecify.annotations.NullMarked;

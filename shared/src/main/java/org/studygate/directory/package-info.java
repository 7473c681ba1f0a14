/// Whom somebody may share with: who is found by others, and who is kept as a favourite.
@NullMarked
package org.studygate.directory;

import org.jspecify.annotations.NullMarked;

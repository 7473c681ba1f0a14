/// Sharing studies: what the page begins with, the act, what was shared and with whom.
@NullMarked
package org.studygate.studyshare;

import org.jspecify.annotations.NullMarked;

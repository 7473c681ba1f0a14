/// What a hospital uploads, before it is anybody's: one object, filed or quarantined.
@NullMarked
package org.studygate.inbox;

import org.jspecify.annotations.NullMarked;

/// What a department's objects came to, where that is not simply right: written where its own
/// credentials read it.
@NullMarked
package org.studygate.receipt;

import org.jspecify.annotations.NullMarked;

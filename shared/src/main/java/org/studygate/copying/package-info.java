/// Copies of studies without the person in them, for the one bucket that opens them: how they are
/// called, how far they are, and when the bucket opens.
@NullMarked
package org.studygate.copying;

import org.jspecify.annotations.NullMarked;

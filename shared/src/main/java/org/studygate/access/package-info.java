/// Buckets, the visits that they open, and the one function that says yes or no.
@NullMarked
package org.studygate.access;

import org.jspecify.annotations.NullMarked;

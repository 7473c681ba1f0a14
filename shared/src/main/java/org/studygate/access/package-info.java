/// Buckets, reference numbers and the one function that says yes or no.
@NullMarked
package org.studygate.access;

import org.jspecify.annotations.NullMarked;

/// Copies of studies without the person in them.
@NullMarked
package org.studygate.anonymize;

import org.jspecify.annotations.NullMarked;

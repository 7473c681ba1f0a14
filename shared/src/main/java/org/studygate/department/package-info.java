/// A department and its policy: data, versioned, read at every step.
@NullMarked
package org.studygate.department;

import org.jspecify.annotations.NullMarked;

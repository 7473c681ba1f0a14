/// Numbers that are printed, and their letters.
@NullMarked
package org.studygate.referenceletter;

import org.jspecify.annotations.NullMarked;

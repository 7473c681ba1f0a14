/// Images put where they belong: their places, their pictures, what is told of each.
@NullMarked
package org.studygate.filing;

import org.jspecify.annotations.NullMarked;

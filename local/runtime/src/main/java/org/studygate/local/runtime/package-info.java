/// The real way a zip is run on Lambda, without Lambda.
@NullMarked
package org.studygate.local.runtime;

import org.jspecify.annotations.NullMarked;

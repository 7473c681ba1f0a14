/// Stores by name: where a function takes what it needs.
@NullMarked
package org.studygate.wiring;

import org.jspecify.annotations.NullMarked;

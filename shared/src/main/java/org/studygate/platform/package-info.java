/// What a function is given from outside: environment, clock, randomness, AWS clients, secrets. The
/// only place where the real ones are picked.
@NullMarked
package org.studygate.platform;

import org.jspecify.annotations.NullMarked;

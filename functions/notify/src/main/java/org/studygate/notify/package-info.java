/// Messages of the outbox on their way to people.
@NullMarked
package org.studygate.notify;

import org.jspecify.annotations.NullMarked;

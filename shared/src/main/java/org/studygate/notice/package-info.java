/// Messages to people: sealed in an outbox, sent once by SMS or mail.
@NullMarked
package org.studygate.notice;

import org.jspecify.annotations.NullMarked;

/// SQS batches with partial failures.
@NullMarked
package org.studygate.queue;

import org.jspecify.annotations.NullMarked;

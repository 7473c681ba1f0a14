package org.studygate.checks.offenders.feature;

import org.studygate.checks.offenders.first.Choosing;
import org.studygate.checks.offenders.other.Reaching;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Asks whom it should not know: a function, AWS, and a feature that knows its own.
record Asking(Choosing choosing, SqsClient sqs, Reaching back) {}

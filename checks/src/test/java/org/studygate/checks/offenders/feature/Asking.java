package org.studygate.checks.offenders.feature;

import org.dcm4che3.data.Attributes;
import org.studygate.checks.offenders.first.Choosing;
import org.studygate.checks.offenders.other.Reaching;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Asks whom it should not know: a function, AWS, a feature that knows its own, and the DICOM
/// library.
record Asking(Choosing choosing, SqsClient sqs, Reaching back, Attributes header) {}

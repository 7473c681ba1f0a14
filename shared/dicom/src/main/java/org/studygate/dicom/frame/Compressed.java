package org.studygate.dicom.frame;

import org.studygate.dicom.guard.TransferSyntax;

/// One frame as it lies in the file, and what it must be once decoded.
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a decoder, never compared
record Compressed(TransferSyntax.Coding coding, FramePlan.Shape shape, byte[] bytes) {}

package org.studygate.dicom;

import org.studygate.dicom.guard.Reason;

/// The file was refused. `offset` is where in the file (for a deflated file: in its inflated part)
/// the fault lies.
public record Rejected(Reason reason, long offset) implements Opened {}

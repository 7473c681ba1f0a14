package org.studygate.dicom;

/// The file was refused. `offset` is where in the file (for a deflated file: in its inflated part)
/// the fault lies.
public record Rejected(Reason reason, long offset) implements Opened, Walked {}

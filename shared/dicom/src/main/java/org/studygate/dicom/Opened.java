package org.studygate.dicom;

/// What became of the attempt to open a file.
public sealed interface Opened permits DicomFile, Rejected {}

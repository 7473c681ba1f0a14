package org.studygate.dicom.header;

/// Where a PDF lies in the file (class Encapsulated PDF Storage).
///
/// @param offset place in the file; in a deflated file the place in its inflated data set: read it
/// by `DicomFile.pdfBytes`
/// @param title (0042,0010), may be empty
public record EncapsulatedPdf(long offset, long length, String title) {}

package org.studygate.dicom.frame;

/// Uncompressed little endian image data that a viewer can fetch by range and use without reading
/// DICOM.
///
/// @param signed two's complement
/// @param planar 1: colour planes one after the other
public record ExactPixels(
    long offset,
    long length,
    int frames,
    int rows,
    int columns,
    int samples,
    int bitsAllocated,
    int bitsStored,
    boolean signed,
    double slope,
    double intercept,
    String photometric,
    int planar) {}

package org.studygate.dicom.frame;

/// One decoded frame: what the file stores for each pixel, before any window or rescale.
///
/// @param samples interleaved (R, G, B, R, ...), sign-extended if the image is signed, one `int`
/// each, cut to the stored bits
/// @param photometric as the samples now are: `RGB` where the decoder has already converted
@SuppressWarnings("ArrayRecordComponent") // megabytes on their way to a picture, never compared
public record Frame(int columns, int rows, int samplesPerPixel, String photometric, int[] samples)
    implements Decoded {}

package org.studygate.dicom.draw;

/// A JPEG that fits into a square of `size`; never larger than the image itself.
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a store, never compared
public record Picture(int size, int columns, int rows, byte[] jpeg) {}

package org.studygate.dicom.frame;

/// What became of the attempt to decode a frame.
public sealed interface Decoded permits Frame, NotDecodable {}

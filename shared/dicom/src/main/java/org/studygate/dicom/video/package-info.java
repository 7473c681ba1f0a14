/// Makes of a video in a DICOM object a file that a browser's own player plays: H.264 that stands
/// in an MP4 file already, in an MPEG-2 transport stream, or bare. Pictures are not decoded, only
/// put into another box. What no browser plays (MPEG-2) or what is not understood stays as it is.
///
/// Begin with [org.studygate.dicom.video.Video]. Numbers of chapters are those of ISO/IEC 14496-10
/// (H.264), 14496-12 (the boxes of MP4), 14496-15 (H.264 in them) and 13818-1 (transport streams).
@NullMarked
package org.studygate.dicom.video;

import org.jspecify.annotations.NullMarked;

/// Where frames lie and how they are decoded, one class for each family of syntaxes. Plain bytes
/// and RLE are read in this process; the decoders of others run in one of their own, which can be
/// ended.
///
/// Begin with [org.studygate.dicom.frame.FrameDecoder]; the other process is started by
/// [org.studygate.dicom.frame.DecoderProcess] and lives in
/// [org.studygate.dicom.frame.DecoderMain].
@NullMarked
package org.studygate.dicom.frame;

import org.jspecify.annotations.NullMarked;

/// How a decoded frame becomes a picture: window, palette and colour, then a small JPEG.
///
/// Begin with [org.studygate.dicom.draw.Shader]; [org.studygate.dicom.draw.JpegWriter] shrinks and
/// writes what it has drawn, and [org.studygate.dicom.draw.Thumbnail] joins small and large.
@NullMarked
package org.studygate.dicom.draw;

import org.jspecify.annotations.NullMarked;

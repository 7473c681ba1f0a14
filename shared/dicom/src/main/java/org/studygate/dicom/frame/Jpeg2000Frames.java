package org.studygate.dicom.frame;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReader;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// JPEG 2000, lossless and lossy, by jai-imageio. The decoder undoes the colour transform itself.
final class Jpeg2000Frames {
  private Jpeg2000Frames() {}

  static Frame decode(byte[] bytes, FramePlan.Shape shape) throws IOException, Undecodable {
    var markers = Markers.jpeg2000(bytes);
    markers.mustBe(shape);
    var from = Markers.codestream(bytes); // the boxes' colours are not DICOM's
    var input = new ByteArrayInputStream(bytes, from, bytes.length - from);
    var reader = new J2KImageReader(new J2KImageReaderSpi());
    try (var in = new MemoryCacheImageInputStream(input)) {
      reader.setInput(in, true, true);
      return Rasters.frame(
          reader.readRaster(0, null),
          shape.codedWithSign(markers.precision()),
          photometric(markers, shape));
    } finally {
      reader.dispose();
    }
  }

  /// Only the stream knows whether its decoder has already made RGB. YBR_ICT and YBR_RCT name that
  /// transform: without it there was nothing but RGB.
  private static String photometric(Markers markers, FramePlan.Shape shape) {
    if (shape.samples() == 1) {
      return shape.photometric();
    }
    if (markers.transformed()) {
      return "RGB";
    }
    return markers.enumerated() == Markers.SYCC && shape.photometric().equals("RGB")
        ? "YBR_FULL"
        : shape.photometric();
  }
}

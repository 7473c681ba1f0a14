package org.studygate.dicom.frame;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// JPEG baseline and progressive (8 bits), by TwelveMonkeys. Components are read as they
/// are; whether they are colour differences is said by the file, its Adobe segment first.
final class JpegFrames {
  private JpegFrames() {}

  static Frame decode(byte[] bytes, FramePlan.Shape shape) throws IOException, Undecodable {
    var markers = Markers.jpeg(bytes);
    markers.mustBe(shape);
    var reader = reader();
    try (var in = new MemoryCacheImageInputStream(AdobeSegment.withoutShortOne(bytes))) {
      reader.setInput(in, true, true);
      return Rasters.frame(
          reader.readRaster(0, null),
          shape.coded(markers.precision()),
          photometric(markers, shape));
    } finally {
      reader.dispose();
    }
  }

  static String photometric(Markers markers, FramePlan.Shape shape) {
    if (shape.samples() == 1) {
      return shape.photometric();
    }
    if (markers.adobe() == 0 || markers.adobe() == 1) {
      return markers.adobe() == 0 ? "RGB" : "YBR_FULL";
    }
    if (markers.rgbIds()) {
      return "RGB";
    }
    if (markers.subsampled()) { // only colour differences are kept coarser than brightness
      return "YBR_FULL";
    }
    var differences =
        markers.jfif()
            && markers.process() != JpegProcess.LOSSLESS; // which no lossless writer makes
    return shape.photometric().equals("RGB") && !differences ? "RGB" : "YBR_FULL";
  }

  private static ImageReader reader() throws IOException {
    var registry = IIORegistry.getDefaultInstance();
    var provider = registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    if (provider == null) { // whichever class loader asked first, the reader is there
      provider = new JPEGImageReaderSpi();
      registry.registerServiceProvider(provider);
    }
    return provider.createReaderInstance();
  }
}

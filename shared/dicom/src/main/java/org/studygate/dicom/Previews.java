package org.studygate.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.studygate.dicom.draw.JpegWriter;
import org.studygate.dicom.draw.Picture;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NotDecodable;

/// Draws the pictures that patients see first: the file's own window, nothing burnt in, aspect
/// ratio kept.
public final class Previews {
  private static final int SMALL = 128;
  private static final int MEDIUM = 512;
  private static final List<Integer> USUAL = List.of(MEDIUM);
  private static final List<Integer> LARGE = List.of(MEDIUM, 1280);

  private Previews() {}

  /// 512 pixels, which carry those of 128 within them; plain X-rays, whose detail is finer, 1280
  /// too.
  public static List<Integer> sizes(String modality) {
    return switch (modality) {
      case "CR", "DX", "MG" -> LARGE;
      default -> USUAL;
    };
  }

  /// Draws frame `frame` (the first is 0), once for each size.
  public static Rendered render(DicomFile file, int frame, List<Integer> sizes, Decoder decoder)
      throws IOException {
    return switch (file.decode(frame, decoder)) {
      case NotDecodable(var why) -> new Rendered.NotDrawn(why);
      case Frame decoded -> draw(file, decoded, frame, sizes);
    };
  }

  private static Rendered draw(DicomFile file, Frame decoded, int frame, List<Integer> sizes)
      throws IOException {
    try {
      var image = Shader.draw(decoded, file.shading(), file.header().image(), frame);
      var pictures = new ArrayList<Picture>();
      for (var size : sizes) {
        pictures.add(
            size == MEDIUM ? JpegWriter.write(image, size, SMALL) : JpegWriter.write(image, size));
      }
      return new Rendered.Pictures(List.copyOf(pictures));
    } catch (OutOfMemoryError _) { // as for whoever decodes: the file's own fault
      return new Rendered.NotDrawn(NotDecodable.Why.TOO_LARGE);
    }
  }
}

package org.studygate.studyingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.studygate.dicom.Decoder;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.NotDecodable;
import org.studygate.dicom.Picture;
import org.studygate.dicom.Previews;
import org.studygate.dicom.Rendered;
import org.studygate.study.Instance.Pictures;
import org.studygate.study.Objects;
import org.studygate.studyingest.Filing.Place;

/// Draws the pictures of an instance, each frame of a cine. One that cannot be drawn is missing and
/// says why; the original stays reachable.
final class Drawing {
  private static final int MOST_FRAMES = 1_000;

  private final Objects objects;
  private final Decoder decoder;

  Drawing(Objects objects, Decoder decoder) {
    this.objects = objects;
    this.decoder = decoder;
  }

  Pictures draw(Place place, DicomFile dicom) throws IOException {
    var sizes = Previews.sizes(dicom.header().series().modality());
    var frames = Math.min(dicom.frames(), MOST_FRAMES);
    var missing = new ArrayList<Integer>();
    var why = dicom.frames() > MOST_FRAMES ? "too-many-frames" : "";
    for (var frame = 1; frame <= frames; frame++) {
      switch (Previews.render(dicom, frame - 1, sizes, decoder)) {
        case Rendered.Pictures(var pictures) -> store(place, frame, pictures);
        case NotDecodable(var reason) -> {
          missing.add(frame);
          why = reason.code();
          if (reason == NotDecodable.Why.UNSUPPORTED_SYNTAX) {
            return Pictures.none(why); // as are all others
          }
        }
      }
    }
    return missing.size() == frames
        ? Pictures.none(why)
        : new Pictures(sizes, frames, List.copyOf(missing), why);
  }

  private void store(Place place, int frame, List<Picture> pictures) throws IOException {
    for (var picture : pictures) {
      objects.put(place.preview(frame, picture.size()), "image/jpeg", picture.jpeg());
    }
  }
}

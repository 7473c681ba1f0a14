package org.studygate.filing;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Previews;
import org.studygate.dicom.draw.Picture;
import org.studygate.dicom.draw.Rendered;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.NotDecodable;
import org.studygate.dicom.guard.Budget;
import org.studygate.objects.Objects;
import org.studygate.platform.Deadline;
import org.studygate.study.Instance.Pictures;

/// Draws the pictures of an instance, each frame of a cine. One that cannot be drawn is missing and
/// says why; the original stays reachable. A file has so long at a time: what it has drawn then
/// stands, and the rest is for the next step.
public final class Drawing {
  private static final String MP4 = "video/mp4";
  private static final String TOO_MANY_FRAMES = "too-many-frames";

  private final Objects objects;
  private final Decoder decoder;
  private final Budget budget;
  private final Clock clock;

  public Drawing(Objects objects, Decoder decoder, Budget budget, Clock clock) {
    this.objects = objects;
    this.decoder = decoder;
    this.budget = budget;
    this.clock = clock;
  }

  /// Goes on behind what is drawn.
  public Pictures draw(Place place, DicomFile dicom, Pictures drawn, Deadline deadline)
      throws IOException {
    if (video(place, dicom)) {
      return Pictures.video();
    }
    var sizes = Previews.sizes(dicom.header().series().modality());
    var frames = Math.min(dicom.frames(), budget.frames());
    var missing = new ArrayList<>(drawn.missing());
    var why = drawn.reason();
    var needed = budget.waiting(dicom.frameValues());
    var step = Deadline.in(budget.step(), clock);
    var first = drawn.frames() + 1;
    var slow = 0;
    var bytes = 0L;
    for (var frame = first; frame <= frames; frame++) {
      if (frame == first) { // drawn in any case, or no step would get further
        deadline.keeping(needed).check();
      } else if (!step.hasTime() || !deadline.leaves(needed)) {
        return Pictures.begun(sizes, frame - 1, List.copyOf(missing), why);
      }
      switch (Previews.render(dicom, frame - 1, sizes, decoder)) {
        case Rendered.Pictures(var pictures) -> bytes += store(place, frame, pictures);
        case Rendered.NotDrawn(var reason) -> {
          missing.add(frame);
          why = reason.code();
          if (reason == NotDecodable.Why.UNSUPPORTED_SYNTAX) {
            return Pictures.none(why); // as are all others
          }
          slow += reason == NotDecodable.Why.TOO_SLOW ? 1 : 0;
        }
      }
      if (frame < frames && (slow == budget.slowFrames() || bytes > budget.pictureBytes())) {
        why = slow == budget.slowFrames() ? why : NotDecodable.Why.TOO_LARGE.code();
        frames = frame; // the rest is left
      }
    }
    if (missing.size() == frames && first == 1) {
      return Pictures.none(why);
    }
    var some = frames < dicom.frames() && why.isEmpty();
    return new Pictures(sizes, frames, List.copyOf(missing), some ? TOO_MANY_FRAMES : why);
  }

  /// What moves is shown by the browser's own player.
  private boolean video(Place place, DicomFile dicom) throws IOException {
    try (var video = dicom.video().orElse(null)) {
      if (video != null) {
        objects.put(place.video(), Described.content(MP4, video.length(), video::stream));
      }
      return video != null;
    }
  }

  private long store(Place place, int frame, List<Picture> pictures) throws IOException {
    var bytes = 0L;
    for (var picture : pictures) {
      objects.put(place.preview(frame, picture.size()), "image/jpeg", picture.jpeg());
      bytes += picture.jpeg().length;
    }
    return bytes;
  }
}

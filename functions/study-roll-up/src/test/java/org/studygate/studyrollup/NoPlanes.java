package org.studygate.studyrollup;

import java.time.Clock;
import org.studygate.dicom.frame.NoDecoder;
import org.studygate.objects.InMemoryUploads;
import org.studygate.objects.Objects;
import org.studygate.study.Studies;

/// For tests in which nobody asks for exact pixels.
final class NoPlanes {
  private NoPlanes() {}

  static Planes of(Studies studies, Objects objects, Clock clock) {
    return new Planes(
        studies, objects, new InMemoryUploads(objects), new NoDecoder(), (_, _) -> {}, clock);
  }
}

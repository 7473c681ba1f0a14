package org.studygate.studyrollup;

import java.nio.charset.StandardCharsets;

/// Headers as study-ingest files them.
final class Gzip {
  private Gzip() {}

  static byte[] of(String text) {
    return org.studygate.platform.Gzip.packed(text.getBytes(StandardCharsets.UTF_8));
  }
}

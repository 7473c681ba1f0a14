package org.studygate.dicom.video;

import java.io.EOFException;
import java.io.IOException;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Offsets;

/// The fragments of an encapsulated value one after the other: a video is one stream, however it
/// was cut (PS3.5 A.4.5).
final class JoinedFragments implements Bytes {
  private final Bytes dataset;

  /// Offset, length, offset, length ... in the data set.
  private final Offsets fragments;

  /// Where each begins in the whole.
  private final Offsets starts;

  private final long length;

  JoinedFragments(Bytes dataset, Offsets fragments) {
    this.dataset = dataset;
    this.fragments = fragments;
    var builder = new Offsets.Builder();
    var at = 0L;
    for (var i = 0; i + 1 < fragments.size(); i += 2) {
      builder.add(at);
      at += fragments.get(i + 1);
    }
    this.starts = builder.build();
    this.length = at;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, byte[] into, int from, int count) throws IOException {
    if (position < 0 || position > length - count) {
      throw new EOFException("bytes " + position + " + " + count + " of " + length);
    }
    var done = 0;
    for (var i = fragmentAt(position); done < count; i++) {
      var within = position + done - starts.get(i);
      var some = (int) Math.min(count - done, fragments.get(2 * i + 1) - within);
      dataset.read(fragments.get(2 * i) + within, into, from + done, some);
      done += some;
    }
  }

  private int fragmentAt(long position) {
    var found = starts.find(position);
    return found >= 0 ? found : -found - 2;
  }
}

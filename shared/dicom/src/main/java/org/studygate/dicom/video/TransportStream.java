package org.studygate.dicom.video;

import java.io.IOException;
import java.io.InputStream;
import org.studygate.dicom.guard.Bytes;

/// The H.264 of an MPEG-2 transport stream: packets of 188 bytes, with four bytes before each in
/// the form of Blu-ray; a table of programmes, of the first its table of streams, of these the
/// first of H.264 (ISO/IEC 13818-1, 2.4.3 and 2.4.4). Sound is left out.
final class TransportStream extends InputStream {
  private static final int PACKET = 188;
  private static final int SYNC = 0x47;
  private static final int NONE = -1;
  private static final int H264 = 0x1B;

  private final Bytes source;
  private final int stride;
  private final byte[] packet = new byte[PACKET];
  private long next;
  private int programme = NONE;
  private int video = NONE;
  private int at;
  private int end;

  private TransportStream(Bytes source, int stride) {
    this.source = source;
    this.stride = stride;
    this.next = (long) stride - PACKET;
  }

  /// How far packets stand from each other, 0 if there are none.
  static int stride(Bytes source) throws IOException {
    for (var stride : new int[] {PACKET, PACKET + 4}) {
      var lead = stride - PACKET;
      var all = source.length() >= lead + PACKET;
      for (var i = 0; all && i < 4; i++) {
        var place = lead + (long) i * stride;
        all = place >= source.length() || source.copy(place, 1)[0] == SYNC;
      }
      if (all) {
        return stride;
      }
    }
    return 0;
  }

  static InputStream of(Bytes source, int stride) {
    return new TransportStream(source, stride);
  }

  @Override
  public int read() throws IOException {
    return more() ? packet[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    var some = Math.min(count, end - at);
    System.arraycopy(packet, at, into, from, some);
    at += some;
    return some;
  }

  /// Goes on to the next packet that has something of the video; false at the end.
  private boolean more() throws IOException {
    while (at >= end) {
      if (next + PACKET > source.length()) {
        return false;
      }
      source.read(next, packet, 0, PACKET);
      next += stride;
      take();
    }
    return true;
  }

  private void take() {
    at = end = 0;
    var control = packet[3] >> 4 & 3;
    var from = (control & 2) == 0 ? 4 : 5 + (packet[4] & 0xFF);
    if (packet[0] != SYNC || (control & 1) == 0 || from >= PACKET) {
      return; // out of step, or nothing in it
    }
    var id = number(1) & 0x1FFF;
    var starts = (packet[1] & 0x40) != 0;
    if (id == video) {
      at = starts ? behindHead(from) : from;
      end = PACKET;
    } else if (starts && id == 0) {
      programmes(from);
    } else if (starts && id == programme && video == NONE) {
      streams(from);
    }
  }

  /// The head of a packet of the video's own (2.4.3.6).
  private int behindHead(int from) {
    return from + 9 > PACKET ? PACKET : Math.min(PACKET, from + 9 + (packet[from + 8] & 0xFF));
  }

  private void programmes(int from) {
    var table = from + 1 + (packet[from] & 0xFF);
    for (var entry = table + 8; entry + 4 <= sectionEnd(table); entry += 4) {
      if (number(entry) != 0) {
        programme = number(entry + 2) & 0x1FFF;
        return;
      }
    }
  }

  private void streams(int from) {
    var table = from + 1 + (packet[from] & 0xFF);
    var last = sectionEnd(table);
    var entry = table + 12 <= last ? table + 12 + (number(table + 10) & 0xFFF) : last;
    while (entry + 5 <= last) {
      if ((packet[entry] & 0xFF) == H264) {
        video = number(entry + 1) & 0x1FFF;
        return;
      }
      entry += 5 + (number(entry + 3) & 0xFFF);
    }
  }

  /// Without its check sum. A table that is longer than a packet is read as far as it is there.
  private int sectionEnd(int table) {
    return table + 3 > PACKET ? 0 : Math.min(PACKET, table + 3 + (number(table + 1) & 0xFFF) - 4);
  }

  private int number(int place) {
    return (packet[place] & 0xFF) << 8 | (packet[place + 1] & 0xFF);
  }
}

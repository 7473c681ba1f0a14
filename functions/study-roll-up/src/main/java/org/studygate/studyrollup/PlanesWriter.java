package org.studygate.studyrollup;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.studygate.dicom.draw.Plane;
import org.studygate.json.Json;
import org.studygate.objects.Uploads;

/// The object of docs/planes.md as it grows: frames go off piece by piece, and what stays in memory
/// is the first piece, before which the head is put in the end, and the one that is being filled.
final class PlanesWriter implements Closeable {
  private static final String MAGIC = "SGPL";
  private static final byte VERSION = 1;
  private static final int FIXED = 16;
  private static final int ENTRY = 12;
  private static final int PIECE = 8 << 20;

  /// As many as an entry can name, and what a page can be asked to read before the first picture.
  private static final int MOST_FACTS = 65_536;

  private static final int MOST_FACTS_LENGTH = 16 << 20;

  private final Uploads.Upload upload;
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final Map<String, Integer> facts = new LinkedHashMap<>();
  private final ByteArrayOutputStream first = new ByteArrayOutputStream();
  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private int factsLength;
  private long length;

  PlanesWriter(Uploads.Upload upload) {
    this.upload = upload;
  }

  /// The next frame in viewing order; empty if it has no exact pixels.
  void add(Optional<Plane> plane) throws IOException {
    var which = plane.map(one -> which(Json.text(one.facts())));
    if (plane.isEmpty() || which.orElse(-1) < 0) {
      entries.write(new byte[ENTRY]);
      return;
    }
    var one = plane.get();
    entries.write(
        ByteBuffer.allocate(ENTRY)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(one.packed().length)
            .putShort((short) one.columns())
            .putShort((short) one.rows())
            .put((byte) one.channels())
            .put((byte) one.width())
            .putShort(which.orElseThrow().shortValue())
            .array());
    length += one.packed().length;
    append(one.packed());
  }

  /// The number of these facts, below zero if there are too many.
  private int which(String said) {
    var known = facts.get(said);
    if (known != null) {
      return known;
    }
    if (facts.size() == MOST_FACTS || factsLength + said.length() > MOST_FACTS_LENGTH) {
      return -1;
    }
    factsLength += said.length();
    facts.put(said, facts.size());
    return facts.size() - 1;
  }

  private void append(byte[] packed) throws IOException {
    if (first.size() < PIECE) {
      first.write(packed);
      return;
    }
    piece.write(packed);
    if (piece.size() >= PIECE) {
      send();
    }
  }

  private void send() throws IOException {
    upload.add(piece.toByteArray());
    piece.reset();
  }

  /// How many were added, with exact pixels or without.
  int frames() {
    return entries.size() / ENTRY;
  }

  /// The bytes of all frames so far.
  long length() {
    return length;
  }

  byte[] head() throws IOException {
    var said = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (var out = new DeflaterOutputStream(said, deflater)) {
      out.write(("[" + String.join(",", facts.keySet()) + "]").getBytes(StandardCharsets.UTF_8));
    } finally {
      deflater.end();
    }
    var head =
        ByteBuffer.allocate(FIXED + entries.size() + said.size()).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC.getBytes(StandardCharsets.US_ASCII)).put(VERSION).put(new byte[3]);
    head.putInt(frames()).putInt(said.size());
    head.put(entries.toByteArray()).put(said.toByteArray());
    return head.array();
  }

  /// Afterwards it is there; false if something of this name was there already.
  boolean finish() throws IOException {
    if (piece.size() > 0) {
      send();
    }
    var start = new ByteArrayOutputStream();
    start.write(head());
    first.writeTo(start);
    return upload.finish(start.toByteArray());
  }

  @Override
  public void close() throws IOException {
    upload.close();
  }
}

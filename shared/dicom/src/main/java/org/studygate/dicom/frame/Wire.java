package org.studygate.dicom.frame;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.studygate.dicom.guard.TransferSyntax;

/// What goes to the decoding process and comes back. Nothing that comes back is believed: its size
/// is what the frame's header demands, its words are ours.
final class Wire {
  static final int BUFFER = 65_536;
  private static final int FRAME = 0;
  private static final int NONE = 1;

  private Wire() {}

  /// The process has started: what it takes from now on is its frame's.
  static void ready(DataOutputStream out) throws IOException {
    out.writeByte(NONE);
    out.flush();
  }

  static void awaitReady(DataInputStream in) throws IOException {
    in.readByte();
  }

  static void write(DataOutputStream out, Compressed frame) throws IOException {
    var shape = frame.shape();
    out.writeUTF(frame.coding().name());
    out.writeInt(shape.columns());
    out.writeInt(shape.rows());
    out.writeInt(shape.samples());
    out.writeInt(shape.bitsAllocated());
    out.writeInt(shape.bitsStored());
    out.writeInt(shape.shift());
    out.writeBoolean(shape.signed());
    out.writeBoolean(shape.planar());
    out.writeUTF(shape.photometric());
    out.writeInt(frame.bytes().length);
    out.write(frame.bytes());
    out.flush();
  }

  static Compressed readFrame(DataInput in) throws IOException {
    var coding = TransferSyntax.Coding.valueOf(in.readUTF());
    var shape =
        new FramePlan.Shape(
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readBoolean(),
            in.readBoolean(),
            in.readUTF());
    var bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new Compressed(coding, shape, bytes);
  }

  /// Samples as narrow as what is allocated for them: a codec may have more bits than the header
  /// says are stored.
  static void write(DataOutputStream out, FramePlan.Shape shape, Decoded decoded)
      throws IOException {
    switch (decoded) {
      case NotDecodable(var why) -> {
        out.writeByte(NONE);
        out.writeUTF(why.name());
      }
      case Frame frame -> {
        out.writeByte(FRAME);
        out.writeUTF(frame.photometric());
        var width = width(shape);
        for (var sample : frame.samples()) {
          for (var at = width - 1; at >= 0; at--) {
            out.write(sample >> (8 * at));
          }
        }
      }
    }
    out.flush();
  }

  static Decoded readAnswer(DataInputStream in, FramePlan.Shape shape) throws IOException {
    return switch (in.readUnsignedByte()) {
      case FRAME -> {
        var photometric = in.readUTF();
        if (!FramePlan.GRAY.contains(photometric) && !FramePlan.COLOUR.contains(photometric)) {
          throw new EOFException("no answer");
        }
        yield new Frame(
            shape.columns(), shape.rows(), shape.samples(), photometric, samples(in, shape));
      }
      case NONE -> new NotDecodable(why(in.readUTF()));
      default -> throw new EOFException("no answer");
    };
  }

  private static NotDecodable.Why why(String name) throws IOException {
    for (var why : NotDecodable.Why.values()) {
      if (why.name().equals(name)) {
        return why;
      }
    }
    throw new EOFException("no answer");
  }

  private static int[] samples(DataInputStream in, FramePlan.Shape shape) throws IOException {
    var samples = new int[shape.values()];
    var width = width(shape);
    var buffer = new byte[BUFFER / 4 * width];
    var bits = 32 - 8 * width;
    for (var from = 0; from < samples.length; ) {
      var count = Math.min(samples.length - from, buffer.length / width);
      in.readFully(buffer, 0, count * width);
      for (var i = 0; i < count; i++) {
        var sample = 0;
        for (var at = 0; at < width; at++) {
          sample = (sample << 8) | (buffer[i * width + at] & 0xFF);
        }
        samples[from + i] = shape.signed() ? (sample << bits) >> bits : sample;
      }
      from += count;
    }
    return samples;
  }

  private static int width(FramePlan.Shape shape) {
    return shape.bitsAllocated() <= 8 ? 1 : shape.bitsAllocated() <= 16 ? 2 : 4;
  }
}

package org.studygate.dicom.frame;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.concurrent.SynchronousQueue;

/// The process in which frames are decoded, one after another as they come through its input. It
/// knows nothing of where they come from, has no variable of ours and writes no file. It is killed
/// when it takes too long; when whoever started it has gone, it ends by itself, also from the
/// middle of a frame.
public final class DecoderMain {
  private DecoderMain() {}

  public static void main(String[] none) throws IOException {
    var in = new DataInputStream(new BufferedInputStream(System.in));
    var out = new DataOutputStream(new BufferedOutputStream(System.out, Wire.BUFFER));
    System.setOut(System.err); // what a library prints is no answer
    Wire.ready(out);
    var frames = new SynchronousQueue<Compressed>();
    Thread.ofPlatform().daemon().name("decoder").start(() -> decode(frames, out));
    try {
      while (true) {
        frames.put(Wire.readFrame(in));
      }
    } catch (IOException | InterruptedException _) {
      Runtime.getRuntime().halt(0); // the input has ended
    }
  }

  private static void decode(SynchronousQueue<Compressed> frames, DataOutputStream out) {
    try {
      while (true) {
        var frame = frames.take();
        Wire.write(out, frame.shape(), Codecs.decode(frame));
      }
    } catch (IOException | InterruptedException | Error _) { // or nobody would answer any more
      Runtime.getRuntime().halt(1);
    }
  }
}

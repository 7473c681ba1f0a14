package org.studygate.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.Previews;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;

/// What hostile and huge files cost, each as study-ingest takes it: opened from a file, checked,
/// its first frames drawn.
public final class CostlyFiles {
  private static final Bounds LIMITS = Bounds.STANDARD.withFileBytes(450L << 20);
  private static final List<Integer> SIZES = List.of(128, 512);
  private static final int ITEM = 0xFFFEE000;
  private static final int END = 0xFFFEE0DD;
  private static final int PIXELS = 0x7FE00010;

  private final Path folder;
  private final Decoder decoder;

  private CostlyFiles(Path folder, Decoder decoder) {
    this.folder = folder;
    this.decoder = decoder;
  }

  public static void main(String[] none) throws IOException {
    var folder = Files.createTempDirectory("costly");
    try (var decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC())) {
      var all = new CostlyFiles(folder, decoder);
      for (var round = 1; round <= 3; round++) {
        System.out.println("round " + round);
        all.draw("JPEG 2000 that turns in circles", all.spinning(), 1);
        all.draw("99,000 items", all.items(), 0);
        all.draw("RLE, 1,000 frames of 2048 x 2048, ten of them", all.rle(), 10);
        all.draw("deflated, 500 MB inflated", all.deflated(), 1);
        all.draw("450 MB uncompressed", all.large(), 1);
      }
    } finally {
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void draw(String name, Path file, int frames) throws IOException {
    var began = System.nanoTime();
    var opened = Duration.ZERO;
    var last = "";
    try (var bytes = Bytes.of(file)) {
      if (DicomFile.open(bytes, LIMITS) instanceof DicomFile dicom) {
        try (dicom) {
          opened = since(began);
          for (var frame = 0; frame < frames; frame++) {
            last = Previews.render(dicom, frame, SIZES, decoder).getClass().getSimpleName();
          }
        }
      } else {
        last = "refused";
      }
    }
    System.out.printf(
        "%-50s %6.1f MB  opened %5d ms  in all %5d ms  %s%n",
        name, Files.size(file) / 1e6, opened.toMillis(), since(began).toMillis(), last);
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private Path spinning() throws IOException {
    return Files.write(folder.resolve("spinning"), DicomFixtures.spinningJpeg2000());
  }

  private Path items() throws IOException {
    var filled = Part10.explicit().text(0x00080100, "SH", "A").bytes();
    var items = Part10.explicit();
    for (var i = 0; i < 99_000; i++) {
      items.mark(ITEM, filled.length).raw(filled);
    }
    var content = items.bytes();
    var dataset = start().header(0x00081140, "SQ", content.length).raw(content);
    return Files.write(
        folder.resolve("items"),
        Part10.file(
            DicomFixtures.CT_IMAGE,
            "1.2.3.4",
            TransferSyntax.EXPLICIT_LITTLE.uid(),
            ids(dataset).bytes()));
  }

  /// Runs of one value: two segments of 65 kB a frame.
  private Path rle() throws IOException {
    var run = new byte[2 * 2048 * 2048 / 128];
    for (var i = 0; i < run.length; i += 2) {
      run[i] = -127;
      run[i + 1] = (byte) (i / 512);
    }
    var head = new byte[64];
    number(head, 0, 2);
    number(head, 4, 64);
    number(head, 8, 64 + run.length);
    var file = folder.resolve("rle");
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          Part10.file(
              DicomFixtures.CT_IMAGE,
              "1.2.3.4",
              TransferSyntax.RLE.uid(),
              image(1_000, 2048, 2048).header(PIXELS, "OB", -1).mark(ITEM, 0).bytes()));
      var mark = Part10.explicit().mark(ITEM, 64L + 2L * run.length).bytes();
      for (var i = 0; i < 1_000; i++) {
        out.write(mark);
        out.write(head);
        out.write(run);
        out.write(run);
      }
      out.write(Part10.explicit().mark(END, 0).bytes());
    }
    return file;
  }

  private static void number(byte[] bytes, int at, int value) {
    for (var i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> (8 * i));
    }
  }

  private Path deflated() throws IOException {
    var file = folder.resolve("deflated");
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          Part10.file(
              DicomFixtures.CT_IMAGE, "1.2.3.4", TransferSyntax.DEFLATED.uid(), new byte[0]));
      var deflater = new Deflater(1, true);
      try (var in = new DeflaterOutputStream(out, deflater)) {
        pixels(in, 1_000, 500);
      } finally {
        deflater.end();
      }
    }
    return file;
  }

  private Path large() throws IOException {
    var file = folder.resolve("large");
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          Part10.file(
              DicomFixtures.CT_IMAGE,
              "1.2.3.4",
              TransferSyntax.EXPLICIT_LITTLE.uid(),
              new byte[0]));
      pixels(out, 1_000, 449);
    }
    return file;
  }

  /// So many frames, together so many megabytes, of which one byte in 25 is of any interest.
  private static void pixels(OutputStream to, int frames, int megabytes) throws IOException {
    var columns = 512;
    var rows = (int) ((long) megabytes * 1_000_000 / frames / columns / 2);
    var out = new DataOutputStream(to);
    var all = (long) frames * rows * columns * 2;
    out.write(image(frames, rows, columns).header(PIXELS, "OW", all).bytes());
    var row = new byte[columns * 2];
    var state = 1;
    for (var i = 0L; i < (long) frames * rows; i++) {
      Arrays.fill(row, (byte) 0);
      for (var at = 0; at < row.length; at += 25) {
        state = state * 1_103_515_245 + 12_345;
        row[at] = (byte) (state >> 16);
      }
      out.write(row);
    }
    out.flush();
  }

  private static Part10 image(int frames, int rows, int columns) {
    return ids(start())
        .number16(0x00280002, "US", 1)
        .text(0x00280004, "CS", "MONOCHROME2")
        .text(0x00280008, "IS", Integer.toString(frames))
        .number16(0x00280010, "US", rows)
        .number16(0x00280011, "US", columns)
        .number16(0x00280100, "US", 16)
        .number16(0x00280101, "US", 16)
        .number16(0x00280102, "US", 15)
        .number16(0x00280103, "US", 0);
  }

  private static Part10 start() {
    return Part10.explicit()
        .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
        .text(0x00080018, "UI", "1.2.3.4")
        .text(0x00080060, "CS", "CT");
  }

  private static Part10 ids(Part10 dataset) {
    return dataset.text(0x0020000D, "UI", "1.2.3").text(0x0020000E, "UI", "1.2.3.1");
  }
}

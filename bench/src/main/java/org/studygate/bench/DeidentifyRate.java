package org.studygate.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.deidentify.Deidentifying;
import org.studygate.dicom.deidentify.Mask;
import org.studygate.dicom.deidentify.NewUids;
import org.studygate.dicom.deidentify.Outcome;
import org.studygate.dicom.deidentify.Profile;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;

/// Copies of a CT without its person, from files into memory, one after the other and on two
/// threads; beside it Orthanc, which holds the same files and answers with copies. Each
/// has made copies of another CT before.
public final class DeidentifyRate {
  private static final int BAR = 300;
  private static final int WARM = 300;

  private final PrintStream out;
  private final Path folder;
  private final Deidentifying copies =
      new Deidentifying(
          Profile.standard(),
          new DecoderProcess(Budget.STANDARD, Clock.systemUTC())); // not started
  private final NewUids uids = new NewUids(new byte[32]);

  private DeidentifyRate(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("deidentify");
    try {
      var bench = new DeidentifyRate(System.out, folder);
      var rate =
          bench.measure(Integer.getInteger("instances", 300), Integer.getInteger("rounds", 5));
      if (rate < BAR) {
        System.out.printf("UNDER THE BAR of %d a second%n", BAR);
        System.exit(1);
      }
    } finally {
      try (var all = Files.walk(folder)) {
        for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /// How many a second one thread copied, in the median round.
  private double measure(int instances, int rounds) throws Exception {
    var warm = made("warm", 4712, WARM);
    var files = made("bench", 4711, instances);
    out.printf(
        "load of the machine %.1f, %d processors%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.getRuntime().availableProcessors());
    var orthanc = Orthanc.start(folder.resolve("orthanc"));
    if (orthanc.isEmpty()) {
      out.println("Orthanc is not installed (Debian: apt-get install orthanc): NOT compared.");
    }
    try {
      return rounds(warm, files, rounds, orthanc);
    } finally {
      orthanc.ifPresent(Orthanc::close);
    }
  }

  private double rounds(List<Path> warm, List<Path> files, int rounds, Optional<Orthanc> orthanc)
      throws Exception {
    var rates = new double[rounds];
    timed("ours, warming up", 1, warm.size(), Optional.empty(), i -> ours(warm.get(i)));
    var theirs = new ArrayList<String>();
    if (orthanc.isPresent()) {
      for (var file : files) {
        theirs.add(orthanc.get().store(file));
      }
    }
    for (var round = 0; round < rounds; round++) {
      rates[round] = timed("ours", 1, files.size(), Optional.empty(), i -> ours(files.get(i)));
      timed("ours", 2, files.size(), Optional.empty(), i -> ours(files.get(i)));
      timed("ours, masked", 1, files.size(), Optional.empty(), i -> masked(files.get(i)));
      if (orthanc.isPresent()) {
        for (var threads : List.of(1, 2)) {
          timed(
              "Orthanc",
              threads,
              files.size(),
              orthanc,
              i -> orthanc.get().anonymised(theirs.get(i)).length);
        }
      }
    }
    Arrays.sort(rates);
    out.printf(
        "ours, one at a time: %.0f to %.0f a second, median %.0f%n",
        rates[0], rates[rounds - 1], rates[rounds / 2]);
    return rates[rounds / 2];
  }

  private List<Path> made(String name, long seed, int slices) throws IOException {
    var ct = new MadeCt(seed, "P-4711", "Peeters^An", "19580307", "F", name, slices);
    var files = new ArrayList<Path>();
    for (var i = 0; i < slices; i++) {
      files.add(Files.write(folder.resolve(name + "-" + i), ct.slice(i)));
    }
    return files;
  }

  /// Takes one instance by its number; says how many bytes came of it.
  private interface Step {
    long of(int instance) throws IOException, InterruptedException;
  }

  private double timed(String who, int threads, int count, Optional<Orthanc> other, Step step)
      throws Exception {
    var process = other.map(Orthanc::handle).orElse(ProcessHandle.current());
    var before = Processor.nanos(process);
    var start = System.nanoTime();
    var bytes = 0L;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var parts = new ArrayList<Callable<Long>>();
      for (var thread = 0; thread < threads; thread++) {
        var first = thread;
        parts.add(() -> part(first, threads, count, step));
      }
      for (var part : pool.invokeAll(parts)) {
        bytes += part.get();
      }
    }
    var took = (System.nanoTime() - start) / 1e9;
    var used = (Processor.nanos(process) - before) / 1e6 / count;
    out.printf(
        "%-18s %d at a time: %5.0f a second, %.2f ms of its processor time each, %d MB%n",
        who, threads, count / took, used, bytes >> 20);
    return count / took;
  }

  private static long part(int first, int threads, int count, Step step)
      throws IOException, InterruptedException {
    var bytes = 0L;
    for (var i = first; i < count; i += threads) {
      bytes += step.of(i);
    }
    return bytes;
  }

  private long ours(Path file) throws IOException {
    return copied(file, Optional.empty());
  }

  private long masked(Path file) throws IOException {
    return copied(file, Optional.of(new Mask(List.of(new Mask.Region(0, 0, 200, 40)))));
  }

  private long copied(Path file, Optional<Mask> mask) throws IOException {
    var target = new ByteArrayOutputStream((int) Files.size(file) + 1024);
    try (var in = Bytes.of(file)) {
      if (!(copies.copy(in, target, uids, 1, mask) instanceof Outcome.Copied)) {
        throw new IOException("not copied: " + file);
      }
    }
    return target.size();
  }
}

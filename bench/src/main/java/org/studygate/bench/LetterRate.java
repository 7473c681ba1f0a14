package org.studygate.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Department.Contact;
import org.studygate.department.Verification;
import org.studygate.letter.Letter;
import org.studygate.letter.Letter.Exam;
import org.studygate.letter.PdfLetterRenderer;
import org.studygate.reference.ReferenceNumber;

/// What letters take in one virtual machine: made before a snapshot, first after it, then one by
/// one in all languages.
public final class LetterRate {
  private static final List<String> LANGUAGES = List.of("nl", "fr", "de", "en", "es", "nb", "sl");
  private static final String NUMBER = "7H2K9F3QM4XW8RTD6";

  private LetterRate() {}

  public static void main(String[] arguments) throws IOException {
    measure(System.out, Integer.getInteger("letters", 500));
  }

  private static void measure(PrintStream out, int count) throws IOException {
    var began = System.nanoTime();
    var renderer = new PdfLetterRenderer();
    renderer.prime();
    var primed = millis(began);
    var took = new double[count + 1];
    var bytes = 0;
    var processor = ManagementFactory.getThreadMXBean();
    var used = 0L;
    for (var i = 0; i < took.length; i++) {
      if (i == 1) {
        heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
        used = processor.getCurrentThreadCpuTime();
      }
      var letter = letter(LANGUAGES.get(i % LANGUAGES.size()), i);
      var start = System.nanoTime();
      bytes = Math.max(bytes, renderer.render(letter).length);
      took[i] = millis(start);
    }
    var ours = (processor.getCurrentThreadCpuTime() - used) / 1e6 / count;
    var warm = Arrays.copyOfRange(took, 1 + count / 5, took.length);
    Arrays.sort(warm);
    var peak = heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    out.printf(
        "renderer and priming %.0f ms; first letter %.0f ms; warm p50 %.1f, p99 %.1f ms, %.1f ms of"
            + " processor time; at most %d bytes; heap %d MB, resident %d MB%n",
        primed, took[0], at(warm, 0.5), at(warm, 0.99), ours, bytes, peak >> 20, resident() >> 10);
  }

  private static Letter letter(String language, int exam) {
    return new Letter(
        language,
        "Kliniek Lindenhof",
        "Radiologie",
        new Contact(
            "+32 9 123 45 67",
            Optional.of("radiologie@example.org"),
            Optional.of("Lindelaan 1, 9000 Gent"),
            Optional.empty()),
        Optional.empty(),
        "#0b5c63",
        new ReferenceNumber(NUMBER),
        Verification.OTP_SMS,
        Optional.of("+32 … 56"),
        LocalDate.of(2026, 12, 31),
        Optional.of("Đặng Thị Müller-Žižek"),
        List.of(new Exam(Optional.of(LocalDate.of(2026, 11, 3)), "RX thorax " + exam)),
        false,
        true,
        Optional.of("Tot woensdag.\nBreng deze brief mee."),
        "https://studygate.example.org/#" + NUMBER);
  }

  private static double millis(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}

package org.studygate.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.dicom.CaseFiles;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.TransferSyntax;

/// Others read copies beside the files they are of: nothing is changed but what the table says, and
/// nothing is wrong with a copy that was not wrong before.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CopiedByOthersTest {
  private static final Path REAL = Path.of("../../.tools/pydicom/test_files");
  private static final Path RESOURCES =
      Path.of("src/main/resources/org/studygate/dicom/deidentify");
  private static final String PYTHON = "/usr/bin/python3";
  private static final Path DCMDUMP = Path.of("/usr/bin/dcmdump");
  private static final Path DCIODVFY = Path.of("/usr/bin/dciodvfy");
  private static final Pattern ELEMENT =
      Pattern.compile("^\\(([0-9a-f]{4}),([0-9a-f]{4})\\) ([A-Za-z?]{2}) (.*?) *# .*$");

  /// What a copy says that its file need not, and how masked pixels lie.
  private static final Set<Integer> SAID =
      Set.of(0x00100010, 0x00100020, 0x00120062, 0x00120063, 0x00120064, 0x00280303);

  private static final Set<Integer> MASKED =
      Set.of(
          0x00280002,
          0x00280004,
          0x00280006,
          0x00280100,
          0x00280101,
          0x00280102,
          0x00280103,
          0x00280106,
          0x00280107,
          0x00280108,
          0x00280109,
          0x00280110,
          0x00280111,
          0x00280301,
          0x00282110);

  private Path folder = Path.of("");
  private final List<String> names = new ArrayList<>();
  private final Profile profile = Profile.standard();

  @BeforeAll
  void copyAll(@TempDir Path made) throws IOException {
    folder = made;
    var files = new TreeMap<String, byte[]>();
    for (var some : CaseFiles.folders("pt")) {
      files.put(some.getFileName().toString(), Files.readAllBytes(some.resolve("f.dcm")));
    }
    if (Files.isDirectory(REAL)) {
      try (var real = Files.list(REAL)) {
        for (var file : real.filter(one -> one.toString().endsWith(".dcm")).toList()) {
          files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    files.put("made-ct", MadeCt.demo(1).slice(0));
    files.put("enhanced", Enhanced.file());
    for (var syntax : TransferSyntax.values()) {
      if (!syntax.encapsulated()) {
        files.put("made-" + syntax, made().syntax(syntax).bytes());
      }
    }
    try (Decoder decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC())) {
      var copies = new Deidentifying(profile, decoder);
      for (var file : files.entrySet()) {
        copy(copies, file.getKey(), file.getValue(), Optional.empty());
        var mask = new Mask(List.of(new Mask.Region(0, 0, 4, 4)));
        copy(copies, "masked-" + file.getKey(), file.getValue(), Optional.of(mask));
      }
    }
    assertThat(names).hasSizeGreaterThan(60);
  }

  private static DicomFixtures made() {
    return DicomFixtures.image("1.2.826.0.1.1", "1.2.826.0.1.2", "1.2.826.0.1.3");
  }

  private void copy(Deidentifying copies, String name, byte[] file, Optional<Mask> mask)
      throws IOException {
    var out = new ByteArrayOutputStream();
    var uids = new NewUids("a bucket's key..".getBytes(StandardCharsets.US_ASCII));
    if (copies.copy(Bytes.of(file), out, uids, 7, mask) instanceof Outcome.Copied) {
      Files.write(before(name), file);
      Files.write(after(name), out.toByteArray());
      names.add(name);
    }
  }

  private Path before(String name) {
    return folder.resolve(name + ".before");
  }

  private Path after(String name) {
    return folder.resolve(name + ".after");
  }

  @AfterAll
  void told() {
    System.out.println("copies held against their files: " + names.size());
  }

  @Test
  void pydicomFindsNoOtherChangeAtAnyDepth() throws Exception {
    var there = run(PYTHON, "-c", "import pydicom").code() == 0;
    if (!there) {
      System.out.println("skipped: " + PYTHON + " has no pydicom (Debian: python3-pydicom)");
    }
    assumeTrue(there);
    var answer =
        run(
            PYTHON,
            "src/test/python/copied.py",
            folder.toString(),
            RESOURCES.resolve("basic-profile.tsv").toString(),
            RESOURCES.resolve("standard-tags.txt").toString());
    assertThat(answer.words().lines()).containsExactly("files: " + names.size());
  }

  @Test
  void dcmdumpReadsThemWithoutAWordAndTheSameLines() throws Exception {
    if (!Files.isExecutable(DCMDUMP)) {
      System.out.println("skipped: " + DCMDUMP + " is not installed (Debian: dcmtk)");
    }
    assumeTrue(Files.isExecutable(DCMDUMP));
    var faults = new ArrayList<String>();
    for (var name : names) {
      var before = run(DCMDUMP.toString(), "+L", before(name).toString());
      var after = run(DCMDUMP.toString(), "+L", after(name).toString());
      after
          .words()
          .lines()
          .filter(line -> line.startsWith("W:") || line.startsWith("E:"))
          .filter(line -> !before.words().contains(line))
          .distinct()
          .forEach(line -> faults.add(name + " " + line));
      if (before.code() == 0) {
        lines(name, elements(before.words()), elements(after.words()), faults);
      }
    }
    assertThat(faults).isEmpty();
  }

  /// Of the data set itself; what lies in sequences is pydicom's to say.
  private void lines(
      String name, Map<Integer, String> before, Map<Integer, String> after, List<String> faults) {
    assertThat(before).as(name).isNotEmpty();
    var free = new HashSet<>(SAID);
    if (name.startsWith("masked-")) {
      free.addAll(MASKED);
    }
    for (var tag : before.keySet()) {
      var value = before.get(tag);
      var date = value.startsWith("DA") || value.startsWith("DT");
      var kept = profile.action(tag) == Action.KEEP && !date && !value.startsWith("UN");
      if (kept && !free.contains(tag) && !value.equals(after.get(tag))) {
        faults.add("%s %08x: %s, was %s".formatted(name, tag, after.get(tag), value));
      }
    }
    for (var tag : after.keySet()) {
      if (!before.containsKey(tag) && !free.contains(tag)) {
        faults.add("%s %08x: was not there".formatted(name, tag));
      }
    }
  }

  private static Map<Integer, String> elements(String dump) {
    var elements = new TreeMap<Integer, String>();
    for (var line : dump.lines().toList()) {
      var element = ELEMENT.matcher(line);
      if (element.matches() && !element.group(1).matches("0002|7fe0|fffe")) {
        var tag = Integer.parseUnsignedInt(element.group(1) + element.group(2), 16);
        var sequence = element.group(3).equals("SQ");
        elements.put(tag, element.group(3) + (sequence ? "" : " " + element.group(4)));
      }
    }
    return elements;
  }

  @Test
  void dciodvfyFindsNoErrorThatWasNotThere() throws Exception {
    if (!Files.isExecutable(DCIODVFY)) {
      System.out.println("skipped: " + DCIODVFY + " is not installed (Debian: dicom3tools)");
    }
    assumeTrue(Files.isExecutable(DCIODVFY));
    var faults = new ArrayList<String>();
    for (var name : names) {
      if (name.matches(".*(DEFLATED|dfl).*")) {
        continue; // which it cannot read
      }
      var before = errors(before(name));
      for (var error : errors(after(name))) {
        if (!before.remove(error)) {
          faults.add(name + " " + error);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  private static List<String> errors(Path file) throws Exception {
    return new ArrayList<>(
        run(DCIODVFY.toString(), file.toString())
            .words()
            .lines()
            .filter(line -> line.startsWith("Error"))
            .toList());
  }

  private record Answer(int code, String words) {}

  private static Answer run(String... command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return new Answer(process.waitFor(), words);
  }
}

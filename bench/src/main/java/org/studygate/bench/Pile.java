package org.studygate.bench;

import static java.util.stream.Collectors.joining;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Mended;
import org.studygate.json.JsonObject;
import org.studygate.local.Stack;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.study.DynamoStudies;
import org.studygate.study.Instance;
import org.studygate.study.SeriesUid;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// All that a hospital may send, and what it should not, twice and in random order into the inbox
/// of a local stack; then what became of each file.
public final class Pile {
  private static final long SEED = 20261127;
  private static final int GARBAGE = 40;
  private static final int BENT = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final double GRAY = 7;
  private static final double COLOUR = 9;

  private final Inbox inbox;
  private final Studies studies;
  private final Path cases;
  private final Map<String, Path> files;
  private final List<String> faults = new ArrayList<>();

  private Pile(Inbox inbox, Studies studies, Path cases, Map<String, Path> files) {
    this.inbox = inbox;
    this.studies = studies;
    this.cases = cases;
    this.files = files;
  }

  public static void main(String[] arguments) throws Exception {
    var seed = Long.getLong("seed", SEED);
    var root = Path.of("").toAbsolutePath();
    var folder = Files.createTempDirectory("pile");
    System.out.println("seed " + seed);
    var classPath = Files.readString(Path.of(System.getProperty("studygate.dynamodb.classpath")));
    var python = Path.of(System.getProperty("studygate.python"));
    var data = folder.resolve("data");
    try (var stack = Stack.empty(root, data, classPath.strip(), python)) {
      var beside = root.resolve("../shared/cases").normalize();
      var cases = Files.isDirectory(beside) ? beside : root.resolve("local/cases");
      var files = files(root, cases, folder, new Random(seed));
      var environment = new Environment(stack.environment("StudyIngestFunction"));
      var studies =
          new DynamoStudies(Aws.of(environment).dynamo(), environment.required("STUDIES_TABLE"));
      try (var inbox = new Inbox(stack.origin())) {
        var pile = new Pile(inbox, studies, cases, files);
        pile.send(new Random(seed));
        pile.settle();
        pile.look();
        Files.writeString(Path.of(arguments[0]), pile.table());
        pile.faults.addAll(errors(data.resolve("studygate.log")));
        pile.faults.forEach(fault -> System.out.println("WRONG " + fault));
        System.out.println(
            files.size() + " files, each twice; what became of them: " + arguments[0]);
        System.exit(pile.faults.isEmpty() ? 0 : 1);
      }
    } finally {
      delete(folder);
    }
  }

  private static List<String> errors(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.contains("\"level\":\"ERROR\"")).toList();
    }
  }

  // What is sent

  private static Map<String, Path> files(Path root, Path cases, Path folder, Random random)
      throws IOException {
    var files = new TreeMap<String, Path>();
    collect(files, "cases", cases);
    var pydicom = root.resolve(".tools/pydicom");
    if (Files.isDirectory(pydicom)) {
      collect(files, "pydicom", pydicom);
    } else {
      System.out.println("skipped: the files of pydicom (scripts/test-data fetches them)");
    }
    var sound = new ArrayList<>(files.values());
    var slices = Integer.getInteger("slices", 300);
    var ct = new MadeCt(4711, "P-4711", "Peeters^An", "19580307", "F", "PILE", slices);
    for (var slice = 0; slice < slices; slice++) {
      put(files, folder, "ct/%03d.dcm".formatted(slice), ct.slice(slice));
    }
    for (var i = 0; i < GARBAGE; i++) {
      var bytes = new byte[random.nextInt(20_000)];
      random.nextBytes(bytes);
      put(files, folder, "garbage/%02d".formatted(i), bytes);
    }
    for (var i = 0; i < BENT; i++) {
      var bytes = Files.readAllBytes(sound.get(random.nextInt(sound.size())));
      for (var change = 0; change < 10 && bytes.length > 0; change++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      put(files, folder, "garbage/bent-%02d".formatted(i), bytes);
    }
    return files;
  }

  private static void collect(Map<String, Path> files, String name, Path folder)
      throws IOException {
    try (var all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(png|md|py|pyc|txt|json5)"))
          .forEach(file -> files.put(name + "/" + folder.relativize(file), file));
    }
  }

  private static void put(Map<String, Path> files, Path folder, String name, byte[] bytes)
      throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    files.put(name, Files.write(file, bytes));
  }

  private void send(Random random) throws Exception {
    var twice = new ArrayList<>(files.entrySet());
    twice.addAll(files.entrySet());
    Collections.shuffle(twice, random);
    for (var file : twice) {
      inbox.put(file.getKey(), file.getValue());
    }
  }

  /// Until all queues are empty; then the studies without a done message become complete.
  private void settle() throws Exception {
    inbox.quiet(PATIENCE);
    inbox.pass("PT10M");
    inbox.quiet(PATIENCE);
    inbox.deadLetters().forEach(queue -> faults.add("dead letters in " + queue));
  }

  // What became of it

  private final Map<String, Set<String>> outcomes = new TreeMap<>();

  private void look() throws Exception {
    var receipts = inbox.receipts();
    for (var file : files.entrySet()) {
      var codes = receipts.getOrDefault(file.getKey(), Set.of());
      var became = became(file.getKey(), file.getValue(), codes);
      outcomes.computeIfAbsent(became, _ -> new TreeSet<>()).add(file.getKey());
    }
    try (var folders = Files.list(cases)) {
      for (var folder : folders.sorted().toList()) {
        if (Files.exists(folder.resolve("right.png")) && Files.exists(folder.resolve("f.dcm"))) {
          compare(folder);
        }
      }
    }
  }

  private String became(String name, Path path, Set<String> codes) throws IOException {
    if (name.endsWith(".json")) {
      return "a message" + (codes.isEmpty() ? "" : ": " + String.join(", ", codes));
    }
    try (var bytes = Bytes.of(path)) {
      return switch (DicomFile.open(bytes)) {
        case Rejected(var reason, _) -> {
          if (codes.isEmpty()) {
            faults.add(name + " was refused, and nobody was told");
          }
          yield "refused: " + (codes.isEmpty() ? reason.code() : String.join(", ", codes));
        }
        case DicomFile file -> {
          try (file) {
            yield shown(name, file, codes);
          }
        }
      };
    }
  }

  private String shown(String name, DicomFile file, Set<String> codes) {
    var header = file.header();
    var study = StudyId.of("noord", header.study().uid());
    var series = new SeriesUid(header.series().uid());
    var instance = studies.instance(study, series, header.instance().uid());
    if (instance.isEmpty()) {
      if (codes.isEmpty()) {
        faults.add(name + " has neither study nor receipt");
      }
      return "kept aside: " + String.join(", ", codes);
    }
    if (codes.contains("other-bytes")) {
      return "kept aside: another file with its UID came before";
    }
    if (!file.mended().isEmpty() && !codes.contains("mended")) {
      faults.add(name + " was mended, and nobody was told");
    }
    return drawn(instance.get()) + mended(file.mended());
  }

  private static String mended(Set<Mended> mended) {
    return mended.isEmpty() ? "" : "; mended: " + Mended.sentence(mended);
  }

  private static String drawn(Instance instance) {
    var pictures = instance.pictures();
    if (pictures.isVideo()) {
      return "a film, for the browser's own player";
    }
    if (instance.frames() == 0) {
      return "no image";
    }
    if (pictures.frames() == 0 || pictures.missing().size() == pictures.frames()) {
      return "not drawn: " + pictures.why();
    }
    return pictures.missing().isEmpty() ? "drawn" : "drawn but for some frames: " + pictures.why();
  }

  private void compare(Path folder) throws Exception {
    var number =
        JsonObject.parse(Files.readAllBytes(folder.resolve("order.json")))
            .object("reference")
            .string("number");
    var picture = inbox.picture(number);
    if (picture.isEmpty()) {
      faults.add(folder.getFileName() + " shows no picture");
      return;
    }
    var ours = ImageIO.read(new ByteArrayInputStream(picture.get()));
    var right = ImageIO.read(folder.resolve("right.png").toFile());
    var same = ours.getWidth() == right.getWidth() && ours.getHeight() == right.getHeight();
    if (!same || difference(ours, right) > (colour(right) ? COLOUR : GRAY)) {
      faults.add(folder.getFileName() + " does not look as it should");
    }
  }

  private static boolean colour(BufferedImage image) {
    return image.getColorModel().getNumColorComponents() > 1;
  }

  private static double difference(BufferedImage ours, BufferedImage right) {
    var sum = 0L;
    for (var y = 0; y < ours.getHeight(); y++) {
      for (var x = 0; x < ours.getWidth(); x++) {
        for (var shift = 0; shift < 24; shift += 8) {
          var one = ours.getRGB(x, y) >> shift & 0xFF;
          sum += Math.abs(one - (right.getRGB(x, y) >> shift & 0xFF));
        }
      }
    }
    return sum / (3.0 * ours.getWidth() * ours.getHeight());
  }

  // The table

  private String table() {
    var rows =
        outcomes.entrySet().stream()
            .sorted(Comparator.comparing(row -> -row.getValue().size()))
            .map(row -> row(row.getKey(), row.getValue()))
            .collect(joining("\n"));
    return """
        | what became of it | files | which |
        | --- | --: | --- |
        %s
        """
        .formatted(rows);
  }

  private static String row(String became, Set<String> names) {
    var plain = became.equals("drawn") || became.equals("a message");
    return "| %s | %d | %s |".formatted(became, names.size(), plain ? folders(names) : all(names));
  }

  private static String folders(Set<String> names) {
    var counted = new TreeMap<String, Integer>();
    names.forEach(name -> counted.merge(name.replaceFirst("/.*", ""), 1, Integer::sum));
    return counted.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(joining(", "));
  }

  private static String all(Set<String> names) {
    return names.stream()
        .map(name -> "`" + name.replaceFirst("^(cases|pydicom)/", "").replace("|", "") + "`")
        .collect(joining(", "));
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package org.studygate.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.MadeMr;
import org.studygate.dicom.Nifti;
import org.studygate.dicom.Volume;
import org.studygate.json.JsonObject;
import org.studygate.order.OrderJson;
import org.studygate.study.OrderId;
import org.studygate.study.Person;

/// The demo's patients (`local/demo/orders`) and the files of their exams: real ones relabelled,
/// others drawn. Days are told from today: `{day-3}`.
final class Exams {
  private static final Pattern DAY = Pattern.compile("\\{day([+-]\\d+)}");
  private static final String FILM = "color3d_jpeg_baseline.dcm";
  private static final String DRAWN_ON = "20260105";
  private static final String REMARK =
      "MNI152 template, (C) 1993-2009 Louis Collins, McConnell Brain Imaging Centre, MNI, McGill"
          + " University. Nobody's own brain.";

  private final Path folder;
  private final Path tools;
  private final Clock clock;
  private final Drawings drawings;

  Exams(Path root, Clock clock) {
    this.folder = root.resolve("local/demo");
    this.tools = root.resolve(".tools");
    this.clock = clock;
    this.drawings = new Drawings(root.resolve("local/target/drawings"));
  }

  /// Draws what is to be drawn, so that a start finds it: a part of the build.
  public static void main(String[] arguments) throws Exception {
    var exams = new Exams(Path.of("").toAbsolutePath(), Clock.systemUTC());
    var all = new ArrayList<Callable<byte[]>>();
    for (var one : exams.cases()) {
      exams.pieces(one).forEach(piece -> all.add(piece.bytes()));
    }
    try (var hands = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (var each : hands.invokeAll(all.stream().map(Exams::forgotten).toList())) {
        each.get();
      }
    }
  }

  private static Callable<Integer> forgotten(Callable<byte[]> bytes) {
    return () -> bytes.call().length;
  }

  record Case(String name, String department, JsonObject json) {}

  /// An object of the inbox, made when it is sent.
  record Piece(String name, Callable<byte[]> bytes) {}

  List<Case> cases() {
    var cases = new ArrayList<Case>();
    try (var files = Files.list(folder.resolve("orders"))) {
      for (var file : files.sorted().toList()) {
        var name = file.getFileName().toString().replace(".json", "");
        var json = JsonObject.parse(filled(Files.readString(file)));
        cases.add(new Case(name, json.string("department"), json));
      }
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
    return cases;
  }

  private byte[] filled(String text) {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return DAY.matcher(text)
        .replaceAll(day -> today.plusDays(Long.parseLong(day.group(1))).toString())
        .replace("{made-ct}", ct().studyUid())
        .replace("{former-ct}", formerCt().studyUid())
        .replace("{made-mr}", Integer.toString(MadeMr.AXIAL + MadeMr.SAGITTAL + Notes.ALL))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static MadeCt ct() {
    return new MadeCt(4711, "P-4711", "Peeters^An", "19580307", "F", "A20261120-17", 300);
  }

  /// The same patient a year ago, to be compared with.
  private static MadeCt formerCt() {
    return new MadeCt(4712, "P-4711", "Peeters^An", "19580307", "F", "A20251114-08", 40);
  }

  /// The pictures of a case are those of its order's studies, in the same order.
  List<Piece> pieces(Case one) throws IOException {
    var pieces = new ArrayList<Piece>();
    var order = one.json().objects("messages").getFirst();
    var studies = order.objects("studies").iterator();
    for (var file : one.json().strings("files")) {
      if (file.endsWith(".pdf")) {
        pieces.add(new Piece(file, () -> Files.readAllBytes(folder.resolve(file))));
      } else if (file.equals("made-ct")) {
        var ct = ct();
        for (var slice = 0; slice < ct.slices(); slice++) {
          var number = slice;
          var name = "ct-%03d".formatted(slice + 1);
          pieces.add(new Piece(name, drawings.of(name, ct.toString(), () -> ct.slice(number))));
        }
      } else if (file.equals("former-ct")) {
        var ct = formerCt();
        var study = studies.next();
        for (var slice = 0; slice < ct.slices(); slice++) {
          var number = slice;
          var name = "former-ct-%02d".formatted(slice + 1);
          var of = ct + study.string("date");
          pieces.add(
              new Piece(
                  name, drawings.of(name, of, () -> ofPatient(one, study, ct.slice(number)))));
        }
      } else if (file.equals("made-notes")) {
        var notes = new Notes(person(one), order, order.objects("studies").getFirst());
        pieces.add(new Piece("measurements", notes::measurements));
        pieces.add(new Piece("selection", notes::selection));
      } else {
        pieces.addAll(pictures(file, one, studies.next()));
      }
    }
    return pieces;
  }

  /// A real picture, or a head that everybody can draw where it could not be fetched.
  private List<Piece> pictures(String file, Case one, JsonObject study) throws IOException {
    var path = tools.resolve(file);
    var there = Files.exists(path);
    if (there && file.endsWith(".dcm")) {
      var name = path.getFileName().toString();
      return List.of(new Piece(name, () -> ofPatient(one, study, read(path))));
    }
    var mr = mr(one, study, there ? Nifti.read(path) : Volume.phantom(), there ? REMARK : "");
    if (!there) {
      System.out.println("demo: " + file + " is not there (scripts/test-data): a drawn head is");
    }
    var pieces = new ArrayList<Piece>();
    var most = study.optionalInt("expectedInstances").orElse(1);
    var first = most == 1 ? MadeMr.AXIAL / 2 : 0;
    for (var number = 0; number < Math.min(most, mr.instances()); number++) {
      var instance = first + number;
      var name = "mr-%03d".formatted(number + 1);
      var of = study.string("uid") + person(one).name() + there;
      pieces.add(new Piece(name, drawings.of(name, of, () -> mr.instance(instance))));
    }
    return pieces;
  }

  /// Of the film two beats of the heart: four seconds show no more.
  private static byte[] read(Path path) throws IOException {
    var file = Files.readAllBytes(path);
    return path.endsWith(FILM) ? DicomFixtures.firstFrames(file, 60) : file;
  }

  private static Person person(Case one) {
    var message = one.json().objects("messages").getFirst();
    var id = new OrderId(one.department(), message.string("accession"));
    return OrderJson.read(id, "", Instant.EPOCH, message).person();
  }

  private static MadeMr mr(Case one, JsonObject study, Volume head, String remark) {
    var order = one.json().objects("messages").getFirst();
    var person = person(one);
    return new MadeMr(
        head,
        study.string("uid"),
        person.id(),
        person.name().replace(' ', '^'),
        person.born(),
        order.object("patient").string("sex"),
        order.string("accession"),
        DRAWN_ON,
        study.string("description"),
        remark);
  }

  /// Real files name nobody, or somebody else: what is not of the order's patient opens for nobody.
  private static byte[] ofPatient(Case one, JsonObject study, byte[] file) throws IOException {
    var person = person(one);
    return DicomFixtures.relabelled(
        file,
        person.id(),
        person.name().replace(' ', '^'),
        person.born(),
        one.json().objects("messages").getFirst().string("accession"),
        study.string("uid"),
        study.string("date").replace("-", ""));
  }
}

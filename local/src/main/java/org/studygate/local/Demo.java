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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.studygate.department.DepartmentJson;
import org.studygate.department.Departments;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.dicom.MadeMr;
import org.studygate.dicom.Nifti;
import org.studygate.dicom.Volume;
import org.studygate.json.JsonObject;
import org.studygate.order.OrderJson;
import org.studygate.study.OrderId;
import org.studygate.study.Person;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Two departments and some patients (`local/demo/`), sent through the inbox with the departments'
/// own credentials, as hospitals would. Days are told from today: `{day-3}`.
final class Demo {
  static final List<String> DEPARTMENTS = List.of("lindenhof", "noord");
  private static final int MOST_TRIES = 5;
  private static final Pattern DAY = Pattern.compile("\\{day([+-]\\d+)}");
  private static final int HANDS = 3;
  private static final String REMARK =
      "MNI152 template, (C) 1993-2009 Louis Collins, McConnell Brain Imaging Centre, MNI, McGill"
          + " University. Nobody's own brain.";

  private final Path folder;
  private final Path tools;
  private final Settings settings;
  private final Clock clock;
  private final Departments departments;
  private final Credentials credentials;
  private final String inbox;

  Demo(
      Settings settings,
      Clock clock,
      Departments departments,
      Credentials credentials,
      String inbox) {
    this.folder = settings.root().resolve("local/demo");
    this.tools = settings.root().resolve(".tools");
    this.settings = settings;
    this.clock = clock;
    this.departments = departments;
    this.credentials = credentials;
    this.inbox = inbox;
  }

  private record Case(String name, String department, JsonObject json) {}

  private List<Case> cases() {
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
        .replace("{made-mr}", Integer.toString(MadeMr.AXIAL + MadeMr.SAGITTAL))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static MadeCt ct() {
    return new MadeCt(4711, "P-4711", "Peeters^An", "19580307", "F", "A20261120-17", 300);
  }

  /// Departments are there with and without a demo: without one nobody could send anything.
  void departments() throws IOException {
    for (var id : DEPARTMENTS) {
      var json = Files.readString(folder.resolve("departments/" + id + ".json"));
      departments.put(DepartmentJson.read(json), clock.instant(), "demo");
    }
  }

  /// Some at once, as hospitals send: the order of a patient comes with the first pictures.
  void load() throws IOException, InterruptedException {
    try (var hands = Executors.newFixedThreadPool(HANDS)) {
      var sent = new ArrayList<Future<?>>();
      for (var one : cases()) {
        var s3 = client(one.department());
        messages(s3, one, "messages");
        for (var piece : pieces(one)) {
          sent.add(
              hands.submit(
                  () -> {
                    put(s3, one, piece.name(), piece.bytes().call());
                    return null;
                  }));
        }
      }
      for (var each : sent) {
        each.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException("the demo could not be sent", failure.getCause());
    }
  }

  /// What comes later than the rest.
  void afterwards() {
    for (var one : cases()) {
      if (one.json().names().contains("later")) {
        try (var s3 = client(one.department())) {
          messages(s3, one, "later");
        }
      }
    }
  }

  private void messages(S3Client s3, Case one, String field) {
    var number = 0;
    for (var message : one.json().objects(field)) {
      number++;
      put(s3, one, field + "-" + number + ".json", message.json().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// An object of the inbox, made when it is sent.
  private record Piece(String name, Callable<byte[]> bytes) {}

  /// The pictures of a case are those of its order's studies, in the same order.
  private List<Piece> pieces(Case one) throws IOException {
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
          pieces.add(new Piece("ct-%03d".formatted(slice + 1), () -> ct.slice(number)));
        }
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
      return List.of(new Piece(name, () -> ofPatient(one, study, Files.readAllBytes(path))));
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
      pieces.add(new Piece("mr-%03d".formatted(number + 1), () -> mr.instance(instance)));
    }
    return pieces;
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
        study.string("date").replace("-", ""),
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

  private void put(S3Client s3, Case one, String name, byte[] bytes) {
    var key = "in/" + one.department() + "/" + one.name() + "/" + name;
    for (var tries = 1; ; tries++) {
      try {
        s3.putObject(put -> put.bucket(inbox).key(key), RequestBody.fromBytes(bytes));
        return;
      } catch (RuntimeException brokenLine) { // the SDK does not try a broken connection again
        if (tries == MOST_TRIES) {
          throw brokenLine;
        }
      }
    }
  }

  private S3Client client(String department) {
    var key = Credentials.accessKey(department);
    return S3Client.builder()
        .endpointOverride(settings.s3())
        .forcePathStyle(true)
        .region(Region.of(Names.REGION))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .httpClient(UrlConnectionHttpClient.create())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key, credentials.secret(key))))
        .build();
  }

  List<Map<String, String>> credentialsOfDepartments() {
    var all = new ArrayList<Map<String, String>>();
    for (var id : DEPARTMENTS) {
      var one = new LinkedHashMap<String, String>();
      one.put("id", id);
      one.put("name", departments.find(id).map(found -> found.hospital()).orElse(id));
      one.put("accessKey", Credentials.accessKey(id));
      one.put("secretKey", credentials.secret(Credentials.accessKey(id)));
      all.add(one);
    }
    return all;
  }

  List<Map<String, String>> references() {
    var all = new ArrayList<Map<String, String>>();
    for (var one : cases()) {
      var reference = new LinkedHashMap<String, String>();
      reference.put("number", one.json().string("number"));
      reference.put("dateOfBirth", one.json().string("dateOfBirth"));
      reference.put("what", one.json().string("what"));
      reference.put("department", one.department());
      all.add(reference);
    }
    return all;
  }
}

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
import java.util.regex.Pattern;
import org.studygate.department.DepartmentJson;
import org.studygate.department.Departments;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.MadeCt;
import org.studygate.json.JsonObject;
import org.studygate.order.OrderJson;
import org.studygate.study.OrderId;
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
  private static final String ULTRASOUND = "1.2.826.0.1.3680043.10.1558.77";

  private final Path folder;
  private final Path pydicom;
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
    this.pydicom = settings.root().resolve(".tools/pydicom/test_files");
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
        .replace("{made-us}", ULTRASOUND)
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

  void load() throws IOException {
    for (var one : cases()) {
      try (var s3 = client(one.department())) {
        for (var file : one.json().strings("files")) {
          send(s3, one, file);
        }
        messages(s3, one, "messages");
      }
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

  private void send(S3Client s3, Case one, String file) throws IOException {
    switch (file) {
      case "made-ct" -> {
        var ct = ct();
        for (var slice = 0; slice < ct.slices(); slice++) {
          put(s3, one, "ct-%03d".formatted(slice + 1), ct.slice(slice));
        }
      }
      case "made-us" ->
          put(
              s3,
              one,
              "us-1",
              DicomFixtures.image(ULTRASOUND, ULTRASOUND + ".1", ULTRASOUND + ".1.1")
                  .patient("P-3102", "Walker^Grace", "19900614")
                  .accession("A20261118-31")
                  .modality("US")
                  .descriptions("Ultrasound of the heart", "Four chambers")
                  .size(320, 240)
                  .colour()
                  .frames(24)
                  .bytes());
      default -> {
        if (file.startsWith("pydicom:")) {
          var name = file.substring("pydicom:".length());
          put(s3, one, name, ofPatient(one, Files.readAllBytes(pydicom.resolve(name))));
        } else {
          put(s3, one, file, Files.readAllBytes(folder.resolve(file)));
        }
      }
    }
  }

  /// Real files name nobody, or somebody else: what is not of the order's patient opens for nobody.
  private static byte[] ofPatient(Case one, byte[] file) throws IOException {
    var message = one.json().objects("messages").getFirst();
    var id = new OrderId(one.department(), message.string("accession"));
    var person = OrderJson.read(id, "", Instant.EPOCH, message).person();
    var name = person.name().replace(' ', '^');
    return DicomFixtures.relabelled(file, person.id(), name, person.born(), id.accession());
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

package org.studygate.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.studygate.department.DepartmentJson;
import org.studygate.department.Departments;
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
  private static final int HANDS = 3;

  private final Path folder;
  private final Exams exams;
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
    this.exams = new Exams(settings.root(), clock);
    this.settings = settings;
    this.clock = clock;
    this.departments = departments;
    this.credentials = credentials;
    this.inbox = inbox;
  }

  /// Departments are there with and without a demo: without one nobody could send anything.
  void departments() throws IOException {
    for (var id : DEPARTMENTS) {
      var json = Files.readString(folder.resolve("departments/" + id + ".json"));
      departments.put(DepartmentJson.read(json), clock.instant(), "demo");
    }
  }

  /// Some at once, as hospitals send: what a patient is told before the pictures.
  void load() throws IOException, InterruptedException {
    var pieces = new ArrayList<Sending>();
    for (var department : DEPARTMENTS) {
      var s3 = client(department);
      for (var one : exams.cases()) {
        if (one.department().equals(department)) {
          messages(s3, one, "messages");
          pieces.add(new Sending(s3, one, exams.pieces(one)));
        }
      }
    }
    pieces.sort(Comparator.comparing(Sending::turn));
    try (var hands = Executors.newFixedThreadPool(HANDS)) {
      var sent = new ArrayList<Future<?>>();
      for (var sending : pieces) {
        for (var piece : sending.pieces()) {
          sent.add(
              hands.submit(
                  () -> put(sending.s3(), sending.one(), piece.name(), piece.bytes().call())));
        }
      }
      for (var each : sent) {
        each.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException("the demo could not be sent", failure.getCause());
    }
  }

  private record Sending(S3Client s3, Exams.Case one, List<Exams.Piece> pieces) {
    /// Some hundred plain pictures come before those that start a decoder's process, which has so
    /// much time and no more; and nothing waits behind the longest exam.
    private int turn() {
      var count = pieces.size();
      return count > 200 ? 2 : count > 10 ? 0 : 1;
    }
  }

  /// What comes later than the rest.
  void afterwards() {
    for (var one : exams.cases()) {
      if (one.json().names().contains("later")) {
        try (var s3 = client(one.department())) {
          messages(s3, one, "later");
        }
      }
    }
  }

  private void messages(S3Client s3, Exams.Case one, String field) {
    var number = 0;
    for (var message : one.json().objects(field)) {
      number++;
      put(s3, one, field + "-" + number + ".json", message.json().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String put(S3Client s3, Exams.Case one, String name, byte[] bytes) {
    var key = "in/" + one.department() + "/" + one.name() + "/" + name;
    for (var tries = 1; ; tries++) {
      try {
        s3.putObject(put -> put.bucket(inbox).key(key), RequestBody.fromBytes(bytes));
        return key;
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
    for (var one : exams.cases()) {
      if (!one.json().names().contains("number")) {
        continue; // nobody got a letter for it
      }
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

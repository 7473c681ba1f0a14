package org.studygate.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.studygate.json.JsonObject;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// A department's side of a local stack: its inbox, its receipts, the queues behind them; and what
/// a patient with a number of its orders sees.
final class Inbox implements AutoCloseable {
  private static final String DEPARTMENT = "noord";
  private static final String BIRTH_DATE = "1958-03-07";
  private static final int TOO_MANY = 429;
  private static final int CALM = 3;
  private static final long LOOK_MILLIS = 300;

  private final URI origin;
  private final HttpClient client = HttpClient.newHttpClient();
  private final S3Client s3;
  private final String inbox;
  private final String receipts;

  Inbox(URI origin) throws IOException, InterruptedException {
    this.origin = origin;
    var config = get("/local/config.json", "");
    var key =
        config.objects("departments").stream()
            .filter(one -> one.string("id").equals(DEPARTMENT))
            .findFirst()
            .orElseThrow();
    var store = config.object("s3");
    this.inbox = store.string("inbox");
    this.receipts = store.string("receipts");
    this.s3 =
        S3Client.builder()
            .endpointOverride(URI.create(store.string("endpoint")))
            .region(Region.of(store.string("region")))
            .forcePathStyle(true)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.string("accessKey"), key.string("secretKey"))))
            .build();
  }

  void put(String name, Path file) {
    s3.putObject(
        put -> put.bucket(inbox).key("in/" + DEPARTMENT + "/" + name), RequestBody.fromFile(file));
  }

  /// Until nothing waits and nothing is worked on, at several looks in a row.
  void quiet(Duration patience) throws IOException, InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    for (var calm = 0; calm < CALM; ) {
      if (System.nanoTime() > end) {
        throw new IOException("the queues are not empty after " + patience);
      }
      var queues = get("/local/queues.json", "");
      var busy =
          queues.names().stream()
              .map(queues::object)
              .anyMatch(
                  queue ->
                      queue.optionalInt("waiting").orElse(0)
                              + queue.optionalInt("inFlight").orElse(0)
                          > 0);
      calm = busy ? 0 : calm + 1;
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  List<String> deadLetters() throws IOException, InterruptedException {
    var queues = get("/local/queues.json", "");
    return queues.names().stream()
        .filter(name -> queues.object(name).optionalInt("deadLetters").orElse(0) > 0)
        .toList();
  }

  /// Moves the clock of every function.
  void pass(String duration) throws IOException, InterruptedException {
    post("/local/clock", "{\"advance\":\"" + duration + "\"}");
  }

  /// The codes of all receipts, by the name of what they are about.
  Map<String, Set<String>> receipts() {
    var codes = new HashMap<String, Set<String>>();
    var prefix = "receipts/" + DEPARTMENT + "/";
    for (var page : s3.listObjectsV2Paginator(list -> list.bucket(receipts).prefix(prefix))) {
      for (var object : page.contents()) {
        var receipt =
            JsonObject.parse(
                s3.getObjectAsBytes(get -> get.bucket(receipts).key(object.key())).asByteArray());
        var about = receipt.optionalString("key").orElse("");
        codes
            .computeIfAbsent(
                about.replaceFirst("^in/" + DEPARTMENT + "/", ""), _ -> new HashSet<>())
            .add(receipt.string("code"));
      }
    }
    return codes;
  }

  /// The preview of the first instance that has one, as the patient of this number gets it.
  Optional<byte[]> picture(String number) throws IOException, InterruptedException {
    var signedIn = login(number);
    if (signedIn.statusCode() == TOO_MANY) {
      pass("PT70M");
      signedIn = login(number);
    }
    var cookie = signedIn.headers().firstValue("set-cookie").orElse("").replaceFirst(";.*", "");
    var previews = new ArrayList<String>();
    for (var study : get("/api/studies", cookie).objects("studies")) {
      var path = "/api/studies/" + study.string("id");
      for (var series : get(path, cookie).objects("series")) {
        get(path + "/series/" + series.string("uid"), cookie).objects("instances").stream()
            .map(instance -> instance.optionalString("preview"))
            .flatMap(Optional::stream)
            .forEach(previews::add);
      }
    }
    if (previews.isEmpty()) {
      return Optional.empty();
    }
    var address = origin.resolve(previews.getFirst());
    return Optional.of(
        client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray()).body());
  }

  private HttpResponse<String> login(String number) throws IOException, InterruptedException {
    return post(
        "/api/patient/login",
        "{\"reference\":\"%s\",\"dateOfBirth\":\"%s\"}".formatted(number, BIRTH_DATE));
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(origin.resolve(path))
            .header("content-type", "application/json")
            .header("x-studygate", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private JsonObject get(String path, String cookie) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(origin.resolve(path)).header("cookie", cookie).build();
    return JsonObject.parse(client.send(request, BodyHandlers.ofByteArray()).body());
  }

  @Override
  public void close() {
    s3.close();
    client.close();
  }
}

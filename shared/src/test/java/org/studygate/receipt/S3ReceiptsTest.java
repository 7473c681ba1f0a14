package org.studygate.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Noord;
import org.studygate.platform.Log;
import org.studygate.platform.TestClock;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3ReceiptsTest {
  private static final Receipt WEAK =
      new Receipt(
          "noord",
          Optional.of("in/noord/order-17.json"),
          "weak-number",
          "Send another number.",
          Instant.parse("2026-11-23T10:00:00.120Z"),
          new Receipt.About(Optional.of("A17"), Optional.empty(), Optional.empty()));

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Bucket bucket = new Bucket();
  private final TreeMap<String, Long> counted = new TreeMap<>();
  private final TreeMap<String, Receipt> noted = new TreeMap<>();
  private final Receipts receipts =
      new S3Receipts(
          bucket,
          "receipts-bucket",
          new OneDepartment(),
          (department, code, by, where) -> {
            assertThat(where).isEqualTo("s3://receipts-bucket/receipts/" + department.id() + "/");
            counted.merge(code, by, Long::sum);
          },
          (receipt, id) -> noted.putIfAbsent(id, receipt) == null,
          new Log(new PrintStream(logged, true), TestClock.at("2026-11-23T10:00:05Z")));

  @Test
  void aReceiptSaysWhatItIsAboutAndNothingElse() {
    receipts.tell(WEAK);
    assertThat(bucket.objects).hasSize(1);
    assertThat(bucket.objects.firstKey())
        .matches("receipts/noord/20261123T100000Z-[0-9a-f]{32}\\.json")
        .isEqualTo("receipts/noord/" + noted.firstKey() + ".json");
    assertThat(noted.values()).containsExactly(WEAK);
    assertThat(bucket.objects.firstEntry().getValue())
        .isEqualTo(
            """
            {"key":"in/noord/order-17.json","code":"weak-number",\
            "sentence":"Send another number.","at":"2026-11-23T10:00:00.120Z",\
            "about":{"accession":"A17"}}""");
  }

  @Test
  void toldTwiceItIsOneAndOfTwoEachIsThere() {
    receipts.tell(WEAK);
    receipts.tell(WEAK);
    assertThat(bucket.objects).hasSize(1);
    assertThat(counted).containsEntry("weak-number", 1L);
    receipts.tell(
        new Receipt(
            WEAK.department(),
            Optional.of("in/noord/order-18.json"),
            WEAK.code(),
            WEAK.sentence(),
            WEAK.at(),
            WEAK.about()));
    assertThat(bucket.objects).hasSize(2);
  }

  @Test
  void whatIsOfNoDepartmentIsReadByNoneAndStillCounted() {
    receipts.tell(
        new Receipt(
            "west", WEAK.key(), "unknown-department", "…", WEAK.at(), Receipt.About.NOTHING));
    assertThat(bucket.objects).isEmpty();
    assertThat(counted).isEmpty();
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("\"event\":\"receipt-for-nobody\"", "\"ReceiptForNobody\":1")
        .doesNotContain("order-17");
  }

  @Test
  void aStoreThatFailsIsToldToTheCaller() {
    bucket.failing = true;
    assertThatThrownBy(() -> receipts.tell(WEAK)).isInstanceOf(S3Exception.class);
    assertThat(noted).hasSize(1);
    bucket.failing = false;
    receipts.tell(WEAK);
    assertThat(bucket.objects).hasSize(1);
    assertThat(counted).containsEntry("weak-number", 1L); // noted before it lay there
  }

  @Test
  void aStandInThatKnowsNoConditionKeepsThemToo() {
    bucket.conditions = false;
    receipts.tell(WEAK);
    receipts.tell(WEAK);
    assertThat(bucket.objects).hasSize(1);
  }

  /// S3 as far as it is used: a put of what is not there yet.
  private static final class Bucket implements S3Client {
    private final TreeMap<String, String> objects = new TreeMap<>();
    private boolean failing;
    private boolean conditions = true;

    @Override
    public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
      if (failing) {
        throw S3Exception.builder().statusCode(503).build();
      }
      if (conditions) {
        assertThat(put.ifNoneMatch()).isEqualTo("*");
      } else if (put.ifNoneMatch() != null) {
        throw S3Exception.builder().statusCode(501).build();
      }
      if (conditions && objects.containsKey(put.key())) {
        throw S3Exception.builder().statusCode(412).build();
      }
      try (var stream = body.contentStreamProvider().newStream()) {
        objects.put(put.key(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return PutObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "S3";
    }

    @Override
    public void close() {}
  }

  private static final class OneDepartment implements Departments {
    @Override
    public Optional<Department> find(String id) {
      return id.equals("noord") ? Optional.of(Noord.department()) : Optional.empty();
    }

    @Override
    public List<Listed> list() {
      return List.of();
    }

    @Override
    public boolean put(Department department, Instant at, String by) {
      return false;
    }
  }
}

package org.studygate.objects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

final class S3UploadsTest {
  private static final String KEY = "web/noord/planes-1.bin";

  private final Bucket bucket = new Bucket();
  private final Uploads uploads = new S3Uploads(bucket, "studies");

  @Test
  void aSinglePieceIsPutAtOnce() throws IOException {
    assertThat(upload("head")).isTrue();
    assertThat(bucket.text()).isEqualTo("head");
    assertThat(bucket.begun).isZero();
    assertThat(upload("head")).isTrue(); // the same is there
    assertThat(upload("other")).isFalse();
    assertThat(bucket.text()).isEqualTo("head");
  }

  @Test
  void theFirstPieceComesLastAndStandsFirst() throws IOException {
    assertThat(upload("head", "one", "two", "three")).isTrue();
    assertThat(bucket.text()).isEqualTo("headonetwothree");
    assertThat(bucket.uploads).isEmpty();
  }

  @Test
  void whatIsThereIsNotReplaced() throws IOException {
    for (var knows : new boolean[] {true, false}) {
      bucket.knowsConditions = knows;
      bucket.objects.clear();
      assertThat(upload("a", "b")).isTrue();
      assertThat(upload("c", "d")).isFalse();
      assertThat(bucket.text()).isEqualTo("ab");
      assertThat(bucket.uploads).isEmpty(); // what was refused is taken away
    }
  }

  @Test
  void whatFailsLeavesNothing() {
    bucket.failAt = 3;
    assertThatThrownBy(() -> upload("a", "b", "c", "d")).isInstanceOf(S3Exception.class);
    assertThat(bucket.objects).isEmpty();
    assertThat(bucket.uploads).isEmpty();
  }

  private boolean upload(String first, String... others) throws IOException {
    try (var upload = uploads.begin(KEY, "application/octet-stream")) {
      for (var one : others) {
        upload.add(one.getBytes(StandardCharsets.US_ASCII));
      }
      return upload.finish(first.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// S3's uploads, with its rules: parts are named by their tags, and nobody sees them before all
  /// are joined.
  private static final class Bucket implements S3Client {
    private final Map<String, byte[]> objects = new TreeMap<>();
    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, Map<Integer, byte[]>> uploads = new TreeMap<>();
    private boolean knowsConditions = true;
    private int begun;
    private int failAt = -1;

    String text() {
      return new String(requireNonNull(objects.get(KEY)), StandardCharsets.US_ASCII);
    }

    private void refuse(String key, @Nullable String onlyNew) {
      if (onlyNew != null && !knowsConditions) {
        throw S3Exception.builder().statusCode(501).build();
      }
      if (onlyNew != null && objects.containsKey(key)) {
        throw S3Exception.builder().statusCode(412).build();
      }
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
      refuse(put.key(), put.ifNoneMatch());
      objects.put(put.key(), bytes(body));
      hashes.put(put.key(), requireNonNull(put.metadata().get("sha256")));
      return PutObjectResponse.builder().build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest head) {
      if (!objects.containsKey(head.key())) {
        throw S3Exception.builder().statusCode(404).build();
      }
      var hash = hashes.getOrDefault(head.key(), "");
      return HeadObjectResponse.builder().metadata(Map.of("sha256", hash)).build();
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest get) {
      var bytes = objects.get(get.key());
      if (bytes == null) {
        throw NoSuchKeyException.builder().statusCode(404).build();
      }
      return new ResponseInputStream<>(
          GetObjectResponse.builder().contentLength((long) bytes.length).build(),
          AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest begin) {
      var id = "upload-" + ++begun;
      uploads.put(id, new TreeMap<>());
      return CreateMultipartUploadResponse.builder().uploadId(id).build();
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest part, RequestBody body) {
      if (part.partNumber() == failAt) {
        throw S3Exception.builder().statusCode(503).build();
      }
      var bytes = bytes(body);
      requireNonNull(uploads.get(part.uploadId())).put(part.partNumber(), bytes);
      return UploadPartResponse.builder().eTag(tag(bytes)).build();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        CompleteMultipartUploadRequest end) {
      refuse(end.key(), end.ifNoneMatch());
      var parts = requireNonNull(uploads.remove(end.uploadId()));
      var listed = end.multipartUpload().parts();
      assertThat(listed.stream().map(part -> part.partNumber()).toList())
          .isEqualTo(IntStream.rangeClosed(1, parts.size()).boxed().toList());
      var whole = new ByteArrayOutputStream();
      listed.forEach(
          part -> {
            var bytes = requireNonNull(parts.get(part.partNumber()));
            assertThat(part.eTag()).isEqualTo(tag(bytes));
            whole.writeBytes(bytes);
          });
      objects.put(end.key(), whole.toByteArray());
      return CompleteMultipartUploadResponse.builder().build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest end) {
      uploads.remove(end.uploadId());
      return AbortMultipartUploadResponse.builder().build();
    }

    private static String tag(byte[] bytes) {
      return "tag-" + Arrays.hashCode(bytes);
    }

    private static byte[] bytes(RequestBody body) {
      try (var in = body.contentStreamProvider().newStream()) {
        return in.readAllBytes();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    @Override
    public String serviceName() {
      return "S3";
    }

    @Override
    public void close() {}
  }
}

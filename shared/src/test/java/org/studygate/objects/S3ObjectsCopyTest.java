package org.studygate.objects;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

final class S3ObjectsCopyTest {
  private static final int PIECE = 100;

  private final Bucket bucket = new Bucket();
  private final S3Objects objects = new S3Objects(bucket, "quarantine", PIECE);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 99, 100, 101, 200, 201, 1_050})
  void everyByteArrivesOnceWhateverTheSize(int length) {
    bucket.inbox.put("in/noord/large", bytes(length));
    assertThat(objects.copy("inbox", "in/noord/large", "quar/noord/1")).isTrue();
    assertThat(bucket.quarantine.get("quar/noord/1")).isEqualTo(bytes(length));
    assertThat(bucket.inOneCall).isEqualTo(length <= PIECE ? 1 : 0);
    assertThat(bucket.uploads).isEmpty();
  }

  @Test
  void whatIsGoneIsSaidToBeGone() {
    assertThat(objects.copy("inbox", "in/noord/gone", "quar/noord/1")).isFalse();
    assertThat(bucket.quarantine).isEmpty();
  }

  @Test
  void aPieceThatFailsLeavesNothingAndTheNextTryIsWhole() {
    bucket.inbox.put("in/noord/large", bytes(950));
    bucket.failAt = 4;
    assertThatThrownBy(() -> objects.copy("inbox", "in/noord/large", "quar/noord/1"))
        .isInstanceOf(S3Exception.class);
    assertThat(bucket.quarantine).isEmpty();
    assertThat(bucket.uploads).isEmpty();
    bucket.failAt = -1;
    assertThat(objects.copy("inbox", "in/noord/large", "quar/noord/1")).isTrue();
    assertThat(bucket.quarantine.get("quar/noord/1")).isEqualTo(bytes(950));
  }

  @Test
  void noMorePiecesAreMadeThanS3Takes() {
    var length = 10_001;
    bucket.inbox.put("in/noord/large", bytes(length));
    new S3Objects(bucket, "quarantine", 1).copy("inbox", "in/noord/large", "quar/noord/1");
    assertThat(bucket.quarantine.get("quar/noord/1")).isEqualTo(bytes(length));
    assertThat(bucket.mostParts).isLessThanOrEqualTo(10_000);
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  /// S3's copying, with its rules: ranges lie within the object, parts are numbered from 1, the
  /// bytes are those of the tag.
  private static final class Bucket implements S3Client {
    private final Map<String, byte[]> inbox = new TreeMap<>();
    private final Map<String, byte[]> quarantine = new TreeMap<>();
    private final Map<String, Map<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private int inOneCall;
    private int failAt = -1;
    private int mostParts;

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest head) {
      var bytes = inbox.get(head.key());
      if (bytes == null) {
        throw NoSuchKeyException.builder().statusCode(404).build();
      }
      return HeadObjectResponse.builder()
          .contentLength((long) bytes.length)
          .eTag(tag(bytes))
          .build();
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest copy) {
      inOneCall++;
      quarantine.put(copy.destinationKey(), source(copy.sourceKey(), copy.copySourceIfMatch()));
      return CopyObjectResponse.builder().build();
    }

    private byte[] source(String key, String tag) {
      var bytes = inbox.getOrDefault(key, new byte[0]);
      assertThat(tag).isEqualTo(tag(bytes));
      return bytes;
    }

    private static String tag(byte[] bytes) {
      return "tag-" + Arrays.hashCode(bytes);
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest begin) {
      var id = "upload-" + begin.key();
      uploads.put(id, new ConcurrentHashMap<>());
      return CreateMultipartUploadResponse.builder().uploadId(id).build();
    }

    @Override
    public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest part) {
      var bytes = source(part.sourceKey(), part.copySourceIfMatch());
      var range = part.copySourceRange().replace("bytes=", "").split("-", 2);
      var first = Integer.parseInt(range[0]);
      var last = Integer.parseInt(range[1]);
      assertThat(first).isLessThanOrEqualTo(last);
      assertThat(last).isLessThan(bytes.length);
      if (part.partNumber() == failAt) {
        throw S3Exception.builder().statusCode(503).build();
      }
      var copied = Arrays.copyOfRange(bytes, first, last + 1);
      uploads.getOrDefault(part.uploadId(), Map.of()).put(part.partNumber(), copied);
      return UploadPartCopyResponse.builder()
          .copyPartResult(result -> result.eTag(tag(copied)))
          .build();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        CompleteMultipartUploadRequest end) {
      var parts = requireNonNull(uploads.remove(end.uploadId()));
      var listed = end.multipartUpload().parts();
      mostParts = Math.max(mostParts, listed.size());
      assertThat(listed.stream().map(part -> part.partNumber()).toList())
          .isEqualTo(IntStream.rangeClosed(1, listed.size()).boxed().toList());
      List<byte[]> all = new ArrayList<>();
      listed.forEach(
          part -> {
            var bytes = requireNonNull(parts.get(part.partNumber()));
            assertThat(part.eTag()).isEqualTo(tag(bytes));
            all.add(bytes);
          });
      var whole = new byte[all.stream().mapToInt(bytes -> bytes.length).sum()];
      var at = 0;
      for (var bytes : all) {
        System.arraycopy(bytes, 0, whole, at, bytes.length);
        at += bytes.length;
      }
      quarantine.put(end.key(), whole);
      return CompleteMultipartUploadResponse.builder().build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest end) {
      uploads.remove(end.uploadId());
      return AbortMultipartUploadResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "S3";
    }

    @Override
    public void close() {}
  }
}

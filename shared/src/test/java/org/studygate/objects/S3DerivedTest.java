package org.studygate.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

final class S3DerivedTest {
  private final Bucket bucket = new Bucket();
  private final Derived derived = new S3Derived(bucket, "studies");

  @Test
  void allThatBeginSoAreFoundHoweverManyPagesTheyFill() {
    bucket.keys.addAll(List.of("web/a/film-1.bin", "web/a/film-2.bin", "web/a/film-3.bin"));
    bucket.keys.addAll(List.of("web/a/metadata-1.json.gz", "web/b/film-1.bin"));
    assertThat(derived.keys("web/a/film-"))
        .containsExactly("web/a/film-1.bin", "web/a/film-2.bin", "web/a/film-3.bin");
    assertThat(derived.keys("web/c/")).isEmpty();
    derived.remove("web/a/film-2.bin");
    assertThat(derived.keys("web/a/film-")).containsExactly("web/a/film-1.bin", "web/a/film-3.bin");
  }

  /// Two keys a page.
  private static final class Bucket implements S3Client {
    private final TreeSet<String> keys = new TreeSet<>();

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
      assertThat(request.bucket()).isEqualTo("studies");
      var after = request.continuationToken() == null ? "" : request.continuationToken();
      var found =
          keys.tailSet(after, false).stream()
              .filter(key -> key.startsWith(request.prefix()))
              .toList();
      var page = found.stream().limit(2).toList();
      var more = found.size() > page.size();
      return ListObjectsV2Response.builder()
          .contents(page.stream().map(key -> S3Object.builder().key(key).build()).toList())
          .isTruncated(more)
          .nextContinuationToken(more ? page.getLast() : null)
          .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
      keys.remove(request.key());
      return DeleteObjectResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {}
  }
}

package org.studygate.objects;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Derived objects of a bucket of S3.
public final class S3Derived implements Derived {
  private final S3Client s3;
  private final String bucket;

  public S3Derived(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public List<String> keys(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  @Override
  public void remove(String key) {
    s3.deleteObject(delete -> delete.bucket(bucket).key(key));
  }
}

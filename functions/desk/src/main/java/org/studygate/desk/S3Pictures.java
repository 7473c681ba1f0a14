package org.studygate.desk;

import java.time.Duration;
import org.studygate.platform.Aws;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/// Presigned GETs. Type and caching are part of the signature.
final class S3Pictures implements Pictures {
  private static final Duration LIFE = Duration.ofSeconds(60);

  private final S3Presigner presigner;
  private final String bucket;

  S3Pictures(S3Presigner presigner, String bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  /// Path style is for stand-ins, which have no host name for each bucket.
  static S3Presigner presigner(Aws aws) {
    var endpoint = aws.endpoint("S3");
    var builder =
        S3Presigner.builder()
            .region(aws.region())
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(endpoint.isPresent()).build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public String at(String key) {
    var request =
        GetObjectPresignRequest.builder()
            .signatureDuration(LIFE)
            .getObjectRequest(
                get ->
                    get.bucket(bucket)
                        .key(key)
                        .responseContentType("image/jpeg")
                        .responseContentDisposition("inline")
                        .responseCacheControl("private, no-store"))
            .build();
    return presigner.presignGetObject(request).url().toString();
  }
}

package org.studygate.objects;

import java.time.Duration;
import org.studygate.platform.Aws;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/// Addresses of single objects, for a short while. Type, disposition and caching are part of the
/// signature, so an address cannot be turned into something else.
public final class S3Gets {
  public static final Duration LIFE = Duration.ofSeconds(60);

  private final S3Presigner presigner;
  private final String bucket;

  public S3Gets(Aws aws, String bucket) {
    this.presigner = presigner(aws);
    this.bucket = bucket;
  }

  /// Signing needs no client; path style is for stand-ins, which have no host name for each bucket.
  private static S3Presigner presigner(Aws aws) {
    var endpoint = aws.endpoint("S3");
    var builder =
        S3Presigner.builder()
            .region(aws.region())
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(endpoint.isPresent()).build());
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  public String address(String key, String type, String disposition) {
    var request =
        GetObjectPresignRequest.builder()
            .signatureDuration(LIFE)
            .getObjectRequest(
                get ->
                    get.bucket(bucket)
                        .key(key)
                        .responseContentType(type)
                        .responseContentDisposition(disposition)
                        .responseCacheControl("private, no-store"))
            .build();
    return presigner.presignGetObject(request).url().toString();
  }
}

package org.studygate.studyview;

import org.studygate.platform.Aws;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/// Presigned GETs. Type, disposition and caching are part of the signature, so an address cannot be
/// turned into something else.
final class S3Addresses implements Addresses {
  private final S3Presigner presigner;
  private final String bucket;

  S3Addresses(S3Presigner presigner, String bucket) {
    this.presigner = presigner;
    this.bucket = bucket;
  }

  /// Signing needs no client; path style is for stand-ins, which have no host name for each bucket.
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
  public String dicom(String key, String fileName) {
    return sign(key, "application/dicom", "attachment; filename=\"" + fileName + "\"");
  }

  @Override
  public String picture(String key) {
    return sign(key, "image/jpeg", "inline");
  }

  @Override
  public String film(String key) {
    return sign(key, "application/octet-stream", "attachment");
  }

  @Override
  public String planes(String key) {
    return film(key); // bytes of ours alike
  }

  /// As it lies there: packed, and unpacked by whoever reads it.
  @Override
  public String metadata(String key) {
    return sign(key, "application/gzip", "attachment");
  }

  @Override
  public String video(String key) {
    return sign(key, "video/mp4", "inline");
  }

  @Override
  public String pdf(String key) {
    return sign(key, "application/pdf", "inline");
  }

  @Override
  public String contents(String key) {
    return sign(key, "application/json", "attachment");
  }

  private String sign(String key, String type, String disposition) {
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

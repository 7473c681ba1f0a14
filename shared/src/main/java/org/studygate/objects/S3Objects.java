package org.studygate.objects;

import java.util.Map;
import java.util.Optional;
import org.studygate.platform.Aws;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A bucket of S3. `If-None-Match: *` keeps the first object of a key; a store that does not know
/// it is asked first.
public final class S3Objects implements Objects {
  private static final String HASH = "sha256";
  private static final int TAKEN = 412;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String bucket;
  private final long pieces;

  public S3Objects(S3Client s3, String bucket) {
    this(s3, bucket, S3LargeCopy.PIECE);
  }

  /// @param pieces how large the pieces are in which larger objects are copied
  S3Objects(S3Client s3, String bucket, long pieces) {
    this.s3 = s3;
    this.bucket = bucket;
    this.pieces = pieces;
  }

  /// Path style for stand-ins, which have no host name for each bucket.
  public static S3Client client(Aws aws) {
    var builder =
        S3Client.builder()
            .forcePathStyle(aws.endpoint("S3").isPresent())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
    return aws.configure(builder, "S3", Aws.Patience.LONG);
  }

  @Override
  public Optional<Found> open(String key) {
    try {
      ResponseInputStream<GetObjectResponse> stream =
          s3.getObject(request -> request.bucket(bucket).key(key));
      return Optional.of(new Found(stream, stream.response().contentLength()));
    } catch (NoSuchKeyException gone) {
      return Optional.empty();
    }
  }

  @Override
  public Put put(String key, Content content) {
    try {
      store(key, content, true);
      return Put.STORED;
    } catch (S3Exception refused) {
      return switch (refused.statusCode()) {
        case TAKEN -> compare(key, content).orElseThrow(() -> refused);
        case NOT_IMPLEMENTED ->
            compare(key, content)
                .orElseGet(
                    () -> {
                      store(key, content, false);
                      return Put.STORED;
                    });
        default -> throw refused;
      };
    }
  }

  private void store(String key, Content content, boolean onlyNew) {
    var body =
        RequestBody.fromContentProvider(content.source()::open, content.length(), content.type());
    s3.putObject(
        request -> {
          request
              .bucket(bucket)
              .key(key)
              .contentType(content.type())
              .metadata(Map.of(HASH, content.sha256()));
          if (onlyNew) {
            request.ifNoneMatch("*");
          }
        },
        body);
  }

  private Optional<Put> compare(String key, Content content) {
    try {
      var there = s3.headObject(request -> request.bucket(bucket).key(key));
      var same = content.sha256().equals(there.metadata().get(HASH));
      return Optional.of(same ? Put.SAME_THERE : Put.OTHER_THERE);
    } catch (S3Exception failure) {
      if (failure.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  @Override
  public boolean copy(String fromBucket, String fromKey, String key) {
    try {
      var from = s3.headObject(request -> request.bucket(fromBucket).key(fromKey));
      var source = new S3LargeCopy.Source(fromBucket, fromKey, from.contentLength(), from.eTag());
      if (source.length() <= pieces) {
        copy(source, key);
      } else {
        new S3LargeCopy(s3, bucket, pieces).copy(source, key);
      }
      return true;
    } catch (S3Exception failure) {
      if (failure.statusCode() == NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  private void copy(S3LargeCopy.Source source, String key) {
    s3.copyObject(
        request ->
            request
                .sourceBucket(source.bucket())
                .sourceKey(source.key())
                .copySourceIfMatch(source.tag())
                .destinationBucket(bucket)
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType(S3LargeCopy.TYPE));
  }
}

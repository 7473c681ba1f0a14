package org.studygate.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Uploads in parts; one of a single piece is a plain object. What a dead function leaves
/// unfinished, the bucket's lifecycle removes.
public final class S3Uploads implements Uploads {
  private static final int TAKEN = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client s3;
  private final String bucket;
  private final S3Objects objects;

  public S3Uploads(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.objects = new S3Objects(s3, bucket);
  }

  @Override
  public Upload begin(String key, String type) {
    return new Parts(key, type);
  }

  private final class Parts implements Upload {
    private final String key;
    private final String type;
    private final List<CompletedPart> parts = new ArrayList<>();
    private @Nullable String id;

    private Parts(String key, String type) {
      this.key = key;
      this.type = type;
    }

    @Override
    public void add(byte[] piece) {
      send(parts.size() + 2, piece);
    }

    private void send(int number, byte[] piece) {
      if (id == null) {
        id =
            s3.createMultipartUpload(begin -> begin.bucket(bucket).key(key).contentType(type))
                .uploadId();
      }
      var tag =
          s3.uploadPart(
                  part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number), body(piece))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }

    private RequestBody body(byte[] piece) {
      return RequestBody.fromContentProvider(
          () -> new ByteArrayInputStream(piece), piece.length, type);
    }

    @Override
    public boolean finish(byte[] first) throws IOException {
      if (id == null) {
        return objects.put(key, Objects.Content.of(type, first)) != Objects.Put.OTHER_THERE;
      }
      send(1, first);
      parts.addFirst(parts.removeLast());
      try {
        complete(true);
        return true;
      } catch (S3Exception refused) {
        return switch (refused.statusCode()) {
          case TAKEN -> false;
          case NOT_IMPLEMENTED -> finishAsking();
          default -> throw refused;
        };
      }
    }

    /// For a store that does not know the condition.
    private boolean finishAsking() throws IOException {
      var there = objects.open(key);
      if (there.isPresent()) {
        there.get().stream().close();
        return false;
      }
      complete(false);
      return true;
    }

    private void complete(boolean onlyNew) {
      s3.completeMultipartUpload(
          end -> {
            end.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts));
            if (onlyNew) {
              end.ifNoneMatch("*");
            }
          });
      id = null;
    }

    @Override
    public void close() {
      if (id != null) {
        try {
          s3.abortMultipartUpload(end -> end.bucket(bucket).key(key).uploadId(id));
        } catch (SdkException _) {
          // the lifecycle removes it
        }
      }
    }
  }
}

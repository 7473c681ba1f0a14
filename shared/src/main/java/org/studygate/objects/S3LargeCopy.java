package org.studygate.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// A copy in pieces, several at a time, within S3: one call copies no more than 5 GB, and takes
/// longer than a function should wait. What a dead function leaves unfinished, the bucket's
/// lifecycle removes.
final class S3LargeCopy {
  static final String TYPE = "application/octet-stream";
  static final long PIECE = 128L << 20;
  private static final int MOST_PIECES = 10_000;
  private static final int AT_ONCE = 8;

  private final S3Client s3;
  private final String bucket;
  private final long piece;

  S3LargeCopy(S3Client s3, String bucket, long piece) {
    this.s3 = s3;
    this.bucket = bucket;
    this.piece = piece;
  }

  /// @param tag of the bytes that are meant: an object put meanwhile is not mixed with them
  record Source(String bucket, String key, long length, String tag) {
    @Override
    public String toString() {
      return "Source[" + length + "]";
    }
  }

  void copy(Source source, String key) {
    var upload =
        s3.createMultipartUpload(begin -> begin.bucket(bucket).key(key).contentType(TYPE))
            .uploadId();
    try {
      var parts = pieces(source, key, upload);
      s3.completeMultipartUpload(
          end ->
              end.bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts)));
    } catch (RuntimeException failure) {
      abandon(key, upload, failure);
      throw failure;
    }
  }

  private List<CompletedPart> pieces(Source source, String key, String upload) {
    var size = Math.max(piece, Math.ceilDiv(source.length(), MOST_PIECES));
    try (var workers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      var copied = new ArrayList<Future<CompletedPart>>();
      for (long from = 0; from < source.length(); from += size) {
        var first = from;
        var last = Math.min(from + size, source.length()) - 1;
        var number = copied.size() + 1;
        copied.add(workers.submit(() -> piece(source, key, upload, number, first, last)));
      }
      var parts = new ArrayList<CompletedPart>();
      try {
        for (var one : copied) {
          parts.add(one.get());
        }
      } catch (ExecutionException failure) {
        workers.shutdownNow(); // no piece is of use without the others
        throw failure.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(failure.getCause());
      } catch (InterruptedException stopped) {
        workers.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stopped);
      }
      return parts;
    }
  }

  private CompletedPart piece(
      Source source, String key, String upload, int number, long first, long last) {
    var copied =
        s3.uploadPartCopy(
            part ->
                part.sourceBucket(source.bucket())
                    .sourceKey(source.key())
                    .copySourceIfMatch(source.tag())
                    .copySourceRange("bytes=" + first + "-" + last)
                    .destinationBucket(bucket)
                    .destinationKey(key)
                    .uploadId(upload)
                    .partNumber(number));
    return CompletedPart.builder().partNumber(number).eTag(copied.copyPartResult().eTag()).build();
  }

  private void abandon(String key, String upload, RuntimeException failure) {
    try {
      s3.abortMultipartUpload(end -> end.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException left) {
      failure.addSuppressed(left); // the lifecycle removes it
    }
  }
}

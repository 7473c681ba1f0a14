package org.studygate.local;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Json;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAclRequest;
import software.amazon.awssdk.services.s3.model.GetObjectAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.PutBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.PutBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/// S3 on disk, with signatures checked. The functions have one identity; each department has its
/// own, which may put below its prefix of the inbox, list and get below its prefix of the receipts,
/// and nothing else. A put into the inbox is told
/// as S3 tells it.
final class S3Server implements AutoCloseable {
  private final S3Proxy proxy;
  private final BlobStore store;

  S3Server(
      URI endpoint,
      URI pages,
      Path folder,
      Map<String, Identity> identities,
      String inbox,
      String receipts,
      Consumer<String> events,
      Clock clock)
      throws Exception {
    store = new Telling(new FilesystemNio2BlobStore(folder.toString()), inbox, events, clock);
    proxy =
        S3Proxy.builder()
            .endpoint(endpoint)
            .blobStore(store)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "unused", "unused")
            .corsRules(
                new CrossOriginResourceSharing(
                    List.of(pages.toString()),
                    List.of("GET", "HEAD"),
                    List.of("range"),
                    List.of("content-range", "content-length", "etag"),
                    ""))
            .build();
    proxy.setBlobStoreLocator(
        (key, container, blob) -> {
          var identity = identities.get(key);
          if (identity == null) {
            return null;
          }
          return new AccessGrant(
              identity.secret(),
              identity.department().isEmpty()
                  ? store
                  : new OneDepartment(store, inbox, receipts, identity.department()));
        });
    proxy.start();
  }

  /// @param department empty for the functions' own
  record Identity(String secret, String department) {
    @Override
    public String toString() {
      return "Identity[" + department + "]";
    }
  }

  BlobStore store() {
    return store;
  }

  @Override
  public void close() throws Exception {
    proxy.stop();
  }

  /// Tells of new objects of the inbox in S3's own format.
  private static final class Telling extends ForwardingBlobStore {
    private final String inbox;
    private final Consumer<String> events;
    private final Clock clock;

    Telling(BlobStore delegate, String inbox, Consumer<String> events, Clock clock) {
      super(delegate);
      this.clock = clock;
      this.inbox = inbox;
      this.events = events;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
      var answer = super.putBlob(request, content);
      tell(request.bucket(), request.key(), "Put");
      return answer;
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
      var answer = super.copyBlob(request);
      tell(request.destinationBucket(), request.destinationKey(), "Copy");
      return answer;
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        MultipartUpload upload, CompleteMultipartUploadRequest request) {
      var answer = super.completeMultipartUpload(upload, request);
      tell(request.bucket(), request.key(), "CompleteMultipartUpload");
      return answer;
    }

    private void tell(String bucket, String key, String how) {
      if (!bucket.equals(inbox) || key.startsWith(".")) {
        return;
      }
      var head = super.blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
      var sequencer = "%016X".formatted(System.nanoTime());
      var object =
          Map.of(
              "key",
              java.net.URLEncoder.encode(key, java.nio.charset.StandardCharsets.UTF_8),
              "size",
              head.contentLength(),
              "eTag",
              String.valueOf(head.eTag()).replace("\"", ""),
              "sequencer",
              sequencer);
      events.accept(
          Json.text(
              Map.of(
                  "Records",
                  List.of(
                      Map.of(
                          "eventVersion",
                          "2.1",
                          "eventSource",
                          "aws:s3",
                          "awsRegion",
                          Names.REGION,
                          "eventTime",
                          clock.instant(),
                          "eventName",
                          "ObjectCreated:" + how,
                          "s3",
                          Map.of("bucket", Map.of("name", bucket), "object", object))))));
    }
  }

  /// What a department's credentials reach; everything else is denied, call by call.
  private static final class OneDepartment extends ForwardingBlobStore {
    private final String inbox;
    private final String receipts;
    private final String department;

    OneDepartment(BlobStore delegate, String inbox, String receipts, String department) {
      super(delegate);
      this.inbox = inbox;
      this.receipts = receipts;
      this.department = department;
    }

    private void checkPut(String bucket, String key) {
      if (!bucket.equals(inbox) || !key.startsWith("in/" + department + "/")) {
        throw denied();
      }
    }

    private void checkGet(String bucket, @Nullable String keyOrPrefix) {
      if (!bucket.equals(receipts)
          || keyOrPrefix == null
          || !keyOrPrefix.startsWith("receipts/" + department + "/")) {
        throw denied();
      }
    }

    private static S3Exception denied() {
      return (S3Exception)
          S3Exception.builder()
              .statusCode(403)
              .awsErrorDetails(
                  software.amazon.awssdk.awscore.exception.AwsErrorDetails.builder()
                      .errorCode("AccessDenied")
                      .errorMessage("Access Denied")
                      .build())
              .message("Access Denied")
              .build();
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
      checkPut(request.bucket(), request.key());
      return super.putBlob(request, content);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(
        software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest request) {
      checkPut(request.bucket(), request.key());
      return super.initiateMultipartUpload(request);
    }

    @Override
    public UploadPartResponse uploadMultipartPart(
        MultipartUpload upload, UploadPartRequest request, InputStream content) {
      checkPut(upload.containerName(), upload.blobName());
      return super.uploadMultipartPart(upload, request, content);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        MultipartUpload upload, CompleteMultipartUploadRequest request) {
      checkPut(upload.containerName(), upload.blobName());
      return super.completeMultipartUpload(upload, request);
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
      checkPut(upload.containerName(), upload.blobName());
      super.abortMultipartUpload(upload);
    }

    @Override
    public List<Part> listMultipartUpload(MultipartUpload upload) {
      checkPut(upload.containerName(), upload.blobName()); // S3Proxy asks before it completes
      return super.listMultipartUpload(upload);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
      checkGet(request.bucket(), request.prefix());
      return super.list(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
      checkGet(request.bucket(), request.key());
      return super.getBlob(request);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
      checkGet(request.bucket(), request.key());
      return super.blobMetadata(request);
    }

    @Override
    public boolean blobExists(String bucket, String key) {
      checkGet(bucket, key);
      return super.blobExists(bucket, key);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
      throw denied();
    }

    @Override
    public ListBucketsResponse list() {
      throw denied();
    }

    @Override
    public HeadBucketResponse headBucket(HeadBucketRequest request) {
      throw denied();
    }

    @Override
    public CreateBucketResponse createContainer(CreateBucketRequest request) {
      throw denied();
    }

    @Override
    public GetBucketAclResponse getContainerAcl(GetBucketAclRequest request) {
      throw denied();
    }

    @Override
    public void setContainerAccess(String bucket, BucketCannedACL access) {
      throw denied();
    }

    @Override
    public void clearContainer(ListObjectsV2Request request) {
      throw denied();
    }

    @Override
    public void deleteContainer(String name) {
      throw denied();
    }

    @Override
    public void deleteBucket(String name) {
      throw denied();
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
      throw denied();
    }

    @Override
    public GetBucketVersioningResponse getBucketVersioning(GetBucketVersioningRequest request) {
      throw denied();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest request) {
      throw denied();
    }

    @Override
    public ListObjectVersionsResponse listVersions(ListObjectVersionsRequest request) {
      throw denied();
    }

    @Override
    public GetBucketEncryptionResponse getBucketEncryption(GetBucketEncryptionRequest request) {
      throw denied();
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest request) {
      throw denied();
    }

    @Override
    public DeleteBucketEncryptionResponse deleteBucketEncryption(
        DeleteBucketEncryptionRequest request) {
      throw denied();
    }

    @Override
    public GetObjectAclResponse getBlobAcl(GetObjectAclRequest request) {
      throw denied();
    }

    @Override
    public void setBlobAccess(String bucket, String key, ObjectCannedACL access) {
      throw denied();
    }

    @Override
    public void setBlobAccess(
        String bucket, String key, ObjectCannedACL access, @Nullable String version) {
      throw denied();
    }

    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(
        String bucket) {
      throw denied();
    }

    @Override
    public String toString() {
      return department;
    }
  }
}

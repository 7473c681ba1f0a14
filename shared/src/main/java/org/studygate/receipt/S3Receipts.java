package org.studygate.receipt;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.studygate.department.Departments;
import org.studygate.json.Json;
import org.studygate.platform.Log;
import org.studygate.platform.Sha256;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Receipts as objects of a bucket of their own, `receipts/{department}/{time}-{id}.json`,
/// which a department's credentials list and read below its own prefix (docs/receipts.md).
/// The id is a hash of what is said, so what is told again lies there already. Functions may
/// only put. The same is noted for the people of the department, who read it at their desk.
///
/// It is counted before it is noted, and less one if it was there: a crash between counts one
/// too many, which is harmless, and never none, which would leave out the day's mail.
public final class S3Receipts implements Receipts {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int THERE = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client s3;
  private final String bucket;
  private final Departments departments;
  private final Tally tally;
  private final ReceiptNotes notes;
  private final Log log;

  public S3Receipts(
      S3Client s3,
      String bucket,
      Departments departments,
      Tally tally,
      ReceiptNotes notes,
      Log log) {
    this.s3 = s3;
    this.bucket = bucket;
    this.departments = departments;
    this.tally = tally;
    this.notes = notes;
    this.log = log;
  }

  @Override
  public void tell(Receipt receipt) {
    var department = departments.find(receipt.department());
    if (department.isEmpty()) {
      log.warn("receipt-for-nobody", Map.of("code", receipt.code()));
      log.metric("ReceiptForNobody", 1);
      return; // no hospital reads there, and none that comes later shall find it
    }
    var where = "s3://" + bucket + "/" + prefix(receipt);
    var body = Json.bytes(body(receipt));
    var id = id(receipt, body);
    tally.add(department.get(), receipt.code(), 1, where);
    var fresh = notes.note(receipt, id);
    put(prefix(receipt) + id + ".json", body); // also where somebody died after noting it
    if (!fresh) {
      tally.add(department.get(), receipt.code(), -1, where);
    }
  }

  /// Unless it is there. A store that does not know the condition keeps the same bytes twice.
  private void put(String key, byte[] body) {
    try {
      put(key, body, true);
    } catch (S3Exception refused) {
      switch (refused.statusCode()) {
        case THERE -> {}
        case NOT_IMPLEMENTED -> put(key, body, false);
        default -> throw refused;
      }
    }
  }

  private void put(String key, byte[] body, boolean onlyNew) {
    s3.putObject(
        put -> {
          put.bucket(bucket).key(key).contentType("application/json");
          if (onlyNew) {
            put.ifNoneMatch("*");
          }
        },
        RequestBody.fromBytes(body));
  }

  private static Map<String, Object> body(Receipt receipt) {
    var about = new LinkedHashMap<String, Object>();
    receipt.about().accession().ifPresent(accession -> about.put("accession", accession));
    receipt.about().studyUid().ifPresent(uid -> about.put("studyUid", uid));
    receipt.about().sopUid().ifPresent(uid -> about.put("sopUid", uid));
    var body = new LinkedHashMap<String, Object>();
    body.put("key", receipt.key().orElse(""));
    body.put("code", receipt.code());
    body.put("sentence", receipt.sentence());
    body.put("at", receipt.at());
    body.put("about", about);
    return body;
  }

  private static String prefix(Receipt receipt) {
    return "receipts/" + receipt.department() + "/";
  }

  private static String id(Receipt receipt, byte[] body) {
    var digest = Sha256.digest();
    digest.update((receipt.department() + "\n").getBytes(StandardCharsets.UTF_8));
    var hash = HexFormat.of().formatHex(digest.digest(body)).substring(0, 32);
    return TIME.format(receipt.at()) + "-" + hash;
  }
}

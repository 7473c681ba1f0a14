package org.studygate.audit;

import java.time.Instant;
import java.util.Optional;

/// Who did what to what, when, and what came of it. `outcome` is a code.
public record AuditEvent(
    String trail, Instant at, Actor who, AuditAction action, String outcome, String requestId) {
  public static String study(String studyId) {
    return "study#" + studyId;
  }

  private static final String BUCKET = "bucket#";

  public static String bucket(String bucketId) {
    return BUCKET + bucketId;
  }

  /// The bucket whose trail this is.
  public static Optional<String> bucketOf(String trail) {
    return Optional.of(trail)
        .filter(one -> one.startsWith(BUCKET))
        .map(one -> one.substring(BUCKET.length()));
  }

  public static String account(String account) {
    return "account#" + account;
  }

  /// What is about nobody whom we know: names with which somebody tried to sign in.
  public static String environment() {
    return "environment#sign-in";
  }

  public static String reference(String referenceHash) {
    return "reference#" + referenceHash;
  }

  public static String department(String department) {
    return "department#" + department;
  }
}

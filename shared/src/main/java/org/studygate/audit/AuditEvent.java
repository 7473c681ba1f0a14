package org.studygate.audit;

import java.time.Instant;

/// Who did what to what, when, and what came of it. `outcome` is a code.
public record AuditEvent(
    String trail, Instant at, Actor who, AuditAction action, String outcome, String requestId) {
  public static String study(String studyId) {
    return "study#" + studyId;
  }

  public static String bucket(String bucketId) {
    return "bucket#" + bucketId;
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

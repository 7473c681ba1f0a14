package org.studygate.http;

import java.util.Map;

/// Every refusal the interface knows: a stable code, a status, and a text that tells nothing
/// about why.
public enum Problem {
  BAD_REQUEST("bad-request", 400, "The request is not well-formed."),
  SIGNATURE_INVALID("signature-invalid", 400, "The signature is not valid."),
  PASSWORD_TOO_SHORT("password-too-short", 400, "This password is too short."),
  PASSWORD_TOO_COMMON("password-too-common", 400, "Too many people have this password."),
  NO_STUDY("no-study", 400, "No study is chosen."),
  TOO_MANY_STUDIES("too-many-studies", 400, "These are too many studies at once."),
  SEVERAL_DEPARTMENTS(
      "studies-of-several-departments", 400, "The studies are of several departments."),
  SEVERAL_PATIENTS("studies-of-several-patients", 400, "The studies are of several patients."),
  VERIFICATION_NOT_ALLOWED(
      "verification-not-allowed", 400, "The department does not allow this verification."),
  NOT_A_MOBILE("not-a-mobile", 400, "This is no mobile number."),
  COUNTRY_NOT_ALLOWED("country-not-allowed", 400, "The department sends no codes to this country."),
  NOT_AN_EMAIL("not-an-email", 400, "This is no mail address."),
  REPORT_NOT_ALLOWED("report-not-allowed", 400, "The report cannot be given."),
  REASON_MISSING("reason-missing", 400, "A reason is needed."),
  REASON_TOO_LONG("reason-too-long", 400, "The reason is too long."),
  LANGUAGE_UNKNOWN("language-unknown", 400, "This language is not spoken here."),
  VALID_UNTIL_PAST("valid-until-past", 400, "This day has passed."),
  VALID_UNTIL_TOO_LATE(
      "valid-until-too-late", 400, "The department allows no day as late as this."),
  AGREEMENT_MISSING("agreement-missing", 400, "The patient has to agree."),
  LABEL_WRONG("label-wrong", 400, "A label is a word or two."),
  LABEL_UNKNOWN("label-unknown", 400, "Nobody here has this label."),
  MESSAGE_TOO_LONG("message-too-long", 400, "The message is too long."),
  ANONYMIZE_NOT_POSSIBLE("anonymize-not-possible", 400, "These studies cannot be anonymized."),
  RECIPIENT_MISSING("recipient-missing", 400, "There is no recipient."),
  TOO_MANY_RECIPIENTS("too-many-recipients", 400, "These are too many recipients at once."),
  RECIPIENT_TWICE("recipient-twice", 400, "This recipient is there twice."),
  RECIPIENT_IS_ONESELF("recipient-is-oneself", 400, "This is oneself."),
  RECIPIENT_UNKNOWN("recipient-unknown", 400, "This recipient is not there."),
  RECIPIENT_WITHOUT_MOBILE(
      "recipient-without-mobile", 400, "No mobile is registered, so no code can be sent."),
  RECIPIENT_WITHOUT_CODE(
      "recipient-without-code", 400, "What came with a code goes on with a code."),
  RECIPIENT_WITHOUT_ACCOUNT(
      "recipient-without-account", 400, "What was shared goes on to people with accounts alone."),
  TOO_MUCH_AT_ONCE("too-much-at-once", 400, "This is too much for one act."),
  WRITE_NOT_HELD("write-not-held", 400, "The right to write reports is not held."),
  UNLIMITED_NOT_ALLOWED(
      "unlimited-not-allowed", 400, "The department allows no access without an end."),
  IDEMPOTENCY_KEY_MISSING("idempotency-key-missing", 400, "Name the act by Idempotency-Key."),
  IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The same key stood for something else."),
  COMBINATION_INCORRECT(
      "combination-incorrect",
      401,
      "This combination is not correct or access is blocked; contact your radiology department."),
  CODE_INCORRECT("code-incorrect", 401, "This code is not correct or access is blocked."),
  SESSION_ENDED("session-ended", 401, "You have been signed out. Sign in again."),
  PAYMENT_RETURNED(
      "payment-returned",
      401,
      "The payment went back, so you have been signed out; contact your radiology department."),
  CODE_NEEDED("code-needed", 403, "A code is needed before this opens."),
  FORBIDDEN("forbidden", 403, "This request was not accepted."),
  NOT_FOUND("not-found", 404, "There is nothing here."),
  READ_ONLY("read-only", 409, "This is not changed here; contact the service desk."),
  CONFLICT("conflict", 409, "This does not fit how things stand now. Look again."),
  ALREADY_PAID("already-paid", 409, "This has been paid already."),
  PAYMENT_PENDING("payment-pending", 409, "A payment is under way; nothing more is to be paid."),
  MOBILE_UNREACHABLE(
      "mobile-unreachable",
      409,
      "The registered mobile number cannot get a message; contact your radiology department."),
  BLOCKED("blocked", 409, "The number is blocked. Unlock it first."),
  BLOCKED_FOR_GOOD(
      "blocked-for-good", 409, "The number was wrong too often in its life. Send another one."),
  NO_NUMBER("no-number", 409, "The order has no number that opens it."),
  NOT_FOR_PAYMENT("not-for-payment", 409, "Nothing is to be paid for this order."),
  WHOLE_ORDER(
      "whole-order",
      409,
      "This number opens its order whole. Withdraw the number, or take the study from the order."),
  NOT_PAID("not-paid", 409, "This has not been paid yet."),
  NOTHING_LEFT("nothing-left", 409, "There is nothing left to be opened."),
  ALREADY_MATCHED("already-matched", 409, "The study belongs to an order already."),
  PERSONS_NEEDED("persons-needed", 409, "The files name several persons. Say who is the patient."),
  VERSION_CHANGED("version-changed", 409, "Somebody else has changed it meanwhile. Look again."),
  NO_ORDER("no-order", 409, "The study belongs to no order."),
  NOT_BY_HAND("not-by-hand", 409, "Nobody has decided this by hand."),
  TOO_LARGE("too-large", 413, "The request is too large."),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Send application/json."),
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many tries. Wait a moment and try again."),
  PAYMENT_UNAVAILABLE(
      "payment-unavailable", 503, "Paying is not possible at this moment. Try again in a while."),
  INTERNAL("internal", 500, "Something went wrong on our side. Try again in a moment.");

  private final String code;
  private final int status;
  private final String title;

  Problem(String code, int status, String title) {
    this.code = code;
    this.status = status;
    this.title = title;
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// Thrown where a request cannot go on; the one place that catches it is `HttpFunction`.
  public Refusal refusal() {
    return new Refusal(this, "", Map.of());
  }

  /// The same, with what else the caller has to know.
  public Refusal refusal(Map<String, Object> more) {
    return new Refusal(this, "", more);
  }

  /// The same for one parameter or field, which is told by its name.
  public Refusal refusal(String parameter) {
    return new Refusal(this, parameter, Map.of());
  }

  /// A refusal on its way to the caller.
  public static final class Refusal extends RuntimeException {
    private final Problem problem;
    private final String parameter;
    private final transient Map<String, Object> more;

    private Refusal(Problem problem, String parameter, Map<String, Object> more) {
      super(problem.code, null, false, false);
      this.problem = problem;
      this.parameter = parameter;
      this.more = Map.copyOf(more);
    }

    /// Of the query, or a field of the body; empty if it is about none.
    String parameter() {
      return parameter;
    }

    Map<String, Object> more() {
      return more;
    }

    public Problem problem() {
      return problem;
    }
  }
}

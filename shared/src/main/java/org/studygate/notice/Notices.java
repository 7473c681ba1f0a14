package org.studygate.notice;

import org.studygate.access.Bucket;
import org.studygate.audit.AuditEvent;
import org.studygate.department.Verification;
import org.studygate.platform.Tokens;

/// Makes sealed messages for the outbox. How they read is decided when they are sent.
public final class Notices {
  private final Seal seal;
  private final Tokens tokens;

  public Notices(Seal seal, Tokens tokens) {
    this.seal = seal;
    this.tokens = tokens;
  }

  /// A code for what is registered with the bucket.
  public Outgoing code(Bucket bucket, String code) {
    var channel = bucket.verification() == Verification.OTP_EMAIL ? "email" : "sms";
    var to = bucket.destination().orElseThrow();
    return sealed(
        bucket, new CodeMessage(channel, to, bucket.language(), bucket.department(), code));
  }

  /// A code for what is registered with an account.
  ///
  /// @param channel `sms` or `email`
  public Outgoing code(String account, String channel, String to, String language, String code) {
    return sealed(
        AuditEvent.account(account),
        new CodeMessage(channel, to, language, CodeMessage.OF_ACCOUNT, code));
  }

  /// A code for the mobile of somebody with an account, who opens what was shared by a bucket.
  public Outgoing opening(Bucket bucket, String mobile, String language, String code) {
    var use = CodeMessage.Use.OPENING;
    return sealed(
        bucket, new CodeMessage("sms", mobile, language, CodeMessage.OF_ACCOUNT, code, use));
  }

  /// For whoever has an account: somebody wanted another one with the same address.
  public Outgoing attempt(String account, String to, String language) {
    return sealed(AuditEvent.account(account), new AttemptMessage(to, language));
  }

  /// What happened to an account or a group, told in the trail of this account.
  public Outgoing note(String account, NoteMessage note) {
    return sealed(AuditEvent.account(account), note);
  }

  /// The pincode for the mobile that is registered with the bucket.
  public Outgoing pincode(Bucket bucket, String pincode) {
    var to = bucket.destination().orElseThrow();
    return sealed(bucket, new PincodeMessage(to, bucket.language(), bucket.department(), pincode));
  }

  /// What was paid, for the registered mail address.
  public Outgoing receipt(Bucket bucket, ReceiptMessage receipt) {
    return sealed(bucket, receipt);
  }

  /// What a department was told in a day, for its technical address.
  public Outgoing digest(DigestMessage digest) {
    return sealed(AuditEvent.department(digest.department()), digest);
  }

  /// That a study or a report is there, for whoever has an account.
  public Outgoing news(String account, NewsMessage news) {
    return sealed(AuditEvent.account(account), news);
  }

  /// That exams were shared, told in the trail of what they are shared by: if it cannot be sent,
  /// that bucket says so ([Delivery]).
  public Outgoing share(String bucket, ShareMessage share) {
    return sealed(AuditEvent.bucket(bucket), share);
  }

  /// That what an account shared was opened for the first time.
  public Outgoing opened(String account, OpenedMessage opened) {
    return sealed(AuditEvent.account(account), opened);
  }

  private Outgoing sealed(Bucket bucket, Message message) {
    return sealed(AuditEvent.bucket(bucket.id()), message);
  }

  private Outgoing sealed(String trail, Message message) {
    var id = tokens.id();
    return new Outgoing(
        id, message.kind(), message.channel(), seal.close(id, message.json()), trail);
  }
}

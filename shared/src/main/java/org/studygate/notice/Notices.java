package org.studygate.notice;

import org.studygate.access.Bucket;
import org.studygate.access.Verification;
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
    var id = tokens.id();
    var channel = bucket.verification() == Verification.OTP_EMAIL ? "email" : "sms";
    var message =
        new CodeMessage(
            channel,
            bucket.destination().orElseThrow(),
            bucket.language(),
            bucket.department(),
            code);
    return new Outgoing(id, channel, seal.close(id, message.json()), bucket.id());
  }
}

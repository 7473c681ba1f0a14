package org.studygate.settings;

import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;

import java.util.List;
import org.studygate.account.DynamoAccounts;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The same items as those of `DynamoAccounts`: an edit sets what it names and nothing else.
public final class DynamoSettings implements Settings {
  private final DynamoDbClient dynamo;
  private final String accounts;
  private final DynamoAuditTrail trail;

  public DynamoSettings(DynamoDbClient dynamo, String accounts, DynamoAuditTrail trail) {
    this.dynamo = dynamo;
    this.accounts = accounts;
    this.trail = trail;
  }

  @Override
  public boolean change(String account, long epoch, List<Edit> edits, AuditEvent event) {
    var profile = DynamoAccounts.changing(accounts, account).when(equal("epoch", n(epoch)));
    edits.forEach(edit -> made(profile, edit));
    return new Transaction()
        .change("profile", profile)
        .step("event", trail.recording(event))
        .commit(dynamo)
        .done();
  }

  private static Change made(Change profile, Edit edit) {
    return switch (edit) {
      case Edit.Gender(var code) -> profile.setOrRemove("gender", code.map(Item::s));
      case Edit.WorkPhone(var number) -> profile.setOrRemove("work_phone", number.map(Item::s));
      case Edit.Language(var code) -> profile.set("language", code);
      case Edit.Switched(var which, var on) -> profile.set(attribute(which), on);
    };
  }

  private static String attribute(Edit.Switch which) {
    return switch (which) {
      case PUBLIC_CONTACT -> "public_contact";
      case PUBLIC_EMAIL -> "public_email";
      case PUBLIC_MOBILE -> "public_mobile";
      case MAIL_ON_STUDY -> "mail_on_study";
      case MAIL_ON_REPORT -> "mail_on_report";
    };
  }
}

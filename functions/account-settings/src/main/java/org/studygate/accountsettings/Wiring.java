package org.studygate.accountsettings;

import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.account.Accounts;
import org.studygate.account.Groups;
import org.studygate.account.GroupsDue;
import org.studygate.credential.AwsUserPool;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.UserPool;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.platform.Platform;
import org.studygate.session.SessionCookie;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Accounts accounts;
  private final Groups groups;
  private final Notices notices;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.accounts = stores.accounts();
    this.groups = stores.groups();
    this.notices = new Notices(new Seal(stores.pepper(), platform.random()), stores.tokens());
  }

  Visits visits() {
    return new Visits(
        stores.sessions(), stores.buckets(), new LiveAccounts(accounts), platform.clock());
  }

  OwnAccount own() {
    return new OwnAccount(accounts, groups, stores.settings(), platform.clock());
  }

  OwnGroups groups() {
    var clock = platform.clock();
    var due = new GroupsDue(accounts, groups, clock);
    var desk = platform.environment().optional("SERVICE_DESK_EMAIL");
    var mails = new GroupMails(accounts, groups, notices, desk);
    return new OwnGroups(accounts, due, stores.settings(), mails, clock);
  }

  OwnPassword password(SessionCookie cookie) {
    return new OwnPassword(
        accounts,
        stores.tries(),
        pool(),
        new PasswordRule(),
        stores.settings(),
        cookie,
        stores.tokens(),
        platform.clock());
  }

  private UserPool pool() {
    return new AwsUserPool(
        platform
            .aws()
            .configure(CognitoIdentityProviderClient.builder(), "COGNITO_IDENTITY_PROVIDER"),
        platform.environment().required("USER_POOL_ID"),
        platform.environment().required("USER_POOL_CLIENT"));
  }

  Desk desk() {
    return new Desk(
        stores.accountDesk(),
        accounts,
        stores.departments(),
        stores.trail(),
        notices,
        stores.tokens(),
        platform.clock());
  }
}

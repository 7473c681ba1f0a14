package org.studygate.accountsettings;

import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.account.Accounts;
import org.studygate.account.GroupsDue;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Accounts accounts;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.accounts = stores.accounts();
  }

  Visits visits() {
    return new Visits(
        stores.sessions(), stores.buckets(), new LiveAccounts(accounts), platform.clock());
  }

  OwnAccount own() {
    return new OwnAccount(accounts, stores.groups(), stores.settings(), platform.clock());
  }

  OwnGroups groups() {
    var clock = platform.clock();
    var due = new GroupsDue(accounts, stores.groups(), clock);
    return new OwnGroups(accounts, due, stores.settings(), clock);
  }

  Desk desk() {
    return new Desk(
        stores.accountDesk(),
        accounts,
        stores.departments(),
        stores.trail(),
        stores.tokens(),
        platform.clock());
  }
}

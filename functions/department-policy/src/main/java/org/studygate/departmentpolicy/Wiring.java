package org.studygate.departmentpolicy;

import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, Versions versions) {
  static Wiring on(Platform platform) {
    var stores = new Stores(platform);
    var clock = platform.clock();
    var accounts = stores.accounts();
    return new Wiring(
        new Visits(stores.sessions(), stores.buckets(), new LiveAccounts(accounts), clock),
        new Versions(stores.policyDesk(), accounts, stores.trail(), clock));
  }
}

package org.studygate.sessionview;

import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.platform.Platform;
import org.studygate.signin.SignOut;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, SignOut signOut, Views views) {
  static Wiring on(Platform platform) {
    var stores = new Stores(platform);
    var clock = platform.clock();
    var sessions = stores.sessions();
    var buckets = stores.buckets();
    var challenges = stores.steps();
    var trail = stores.trail();
    var accounts = stores.accounts();
    return new Wiring(
        new Visits(sessions, buckets, new LiveAccounts(accounts), clock),
        new SignOut(sessions, challenges, trail, clock),
        new Views(stores.departments(), accounts, clock));
  }
}

package org.studygate.directoryview;

import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.directory.Search;
import org.studygate.directory.Stars;
import org.studygate.notice.House;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;

  Wiring(Platform platform) {
    this(platform, new Stores(platform));
  }

  Wiring(Platform platform, Stores stores) {
    this.platform = platform;
    this.stores = stores;
  }

  Visits visits() {
    var accounts = new LiveAccounts(stores.accounts());
    return new Visits(stores.sessions(), stores.buckets(), accounts, platform.clock());
  }

  Search search() {
    return new Search(
        stores.directory(),
        stores.favourites(),
        stores.departments(),
        stores.limits(),
        stores.trail(),
        platform.clock());
  }

  Stars stars() {
    return new Stars(stores.directory(), stores.favourites(), stores.departments());
  }

  Typed typed() {
    return new Typed(House.prefixes(platform.environment().required("MOBILE_PREFIXES")));
  }
}

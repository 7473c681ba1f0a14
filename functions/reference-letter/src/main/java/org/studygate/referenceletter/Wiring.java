package org.studygate.referenceletter;

import org.studygate.access.Authorisation;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.letter.PdfLetterRenderer;
import org.studygate.platform.Platform;
import org.studygate.printing.Choosing;
import org.studygate.printing.Labels;
import org.studygate.printing.Printing;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
  }

  Visits visits() {
    var accounts = new LiveAccounts(stores.accounts());
    return new Visits(stores.sessions(), stores.buckets(), accounts, platform.clock());
  }

  Letters letters() {
    var clock = platform.clock();
    var grants = stores.grants();
    var prints = stores.prints();
    var departments = stores.departments();
    var accounts = stores.accounts();
    var labels = new Labels(grants, accounts, stores.groups(), stores.marks());
    var choosing =
        new Choosing(
            new Authorisation(
                new GrantedHoldings(grants),
                stores.orders(),
                stores.studies(),
                departments,
                clock));
    return new Letters(
        new Printing(prints, choosing, labels, grants, stores.pepper(), platform.random(), clock),
        new Beginning(choosing, prints, labels, accounts, clock),
        departments,
        new PdfLetterRenderer(),
        stores.trail(),
        platform.environment().publicOrigin(),
        clock);
  }
}

package org.studygate.referenceletter;

import org.studygate.access.Authorisation;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.copying.CopyWork;
import org.studygate.copying.SqsCopyWork;
import org.studygate.letter.PdfLetterRenderer;
import org.studygate.platform.Platform;
import org.studygate.printing.Choosing;
import org.studygate.printing.Labels;
import org.studygate.printing.Printing;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final CopyWork work;

  Wiring(Platform platform, CopyWork work) {
    this.platform = platform;
    this.work = work;
    this.stores = new Stores(platform);
  }

  Visits visits() {
    var accounts = new LiveAccounts(stores.accounts());
    return new Visits(stores.sessions(), stores.buckets(), accounts, platform.clock());
  }

  static CopyWork work(Platform platform) {
    return new SqsCopyWork(
        platform.aws().configure(SqsClient.builder(), "SQS"),
        platform.environment().required("ANONYMIZE_QUEUE_URL"));
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
        new Printing(
            prints, choosing, labels, grants, work, stores.pepper(), platform.random(), clock),
        new Beginning(choosing, prints, labels, accounts, clock),
        stores.buckets(),
        stores.copies(),
        departments,
        new PdfLetterRenderer(),
        stores.trail(),
        platform.environment().publicOrigin(),
        clock);
  }
}

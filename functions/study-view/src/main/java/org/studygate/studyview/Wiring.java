package org.studygate.studyview;

import org.studygate.access.Authorisation;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.objects.S3Gets;
import org.studygate.platform.Platform;
import org.studygate.sharing.FirstOpened;
import org.studygate.study.SqsRollUps;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

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

  Reading reading() {
    var clock = platform.clock();
    var orders = stores.orders();
    var studies = stores.studies();
    var departments = stores.departments();
    var trail = stores.trail();
    var addresses = new S3Addresses(new S3Gets(platform.aws(), name("STUDIES_BUCKET")));
    return new Reading(
        new Authorisation(
            new GrantedHoldings(stores.grants()), orders, studies, departments, clock),
        studies,
        trail,
        stores.marks(),
        firsts(),
        lists(),
        new Views(addresses, new Exact(addresses, rollUps()::exact, clock), clock),
        clock);
  }

  FirstOpened firsts() {
    return new FirstOpened(
        stores.buckets(),
        stores.openings(),
        stores.accounts(),
        new Notices(new Seal(stores.pepper(), platform.random()), stores.tokens()),
        platform.clock());
  }

  ListStudies lists() {
    var clock = platform.clock();
    var grants = stores.grants();
    var worklist =
        new Worklist(new GrantedHoldings(grants), grants, stores.cards(), stores.marks(), clock);
    var names = new Names(stores.accounts(), stores.departments(), clock);
    return new ListStudies(worklist, names, stores.trail(), clock);
  }

  private SqsRollUps rollUps() {
    var sqs = platform.aws().configure(SqsClient.builder(), "SQS");
    return new SqsRollUps(sqs, name("ROLL_UP_QUEUE_URL"));
  }

  private String name(String variable) {
    return platform.environment().required(variable);
  }
}

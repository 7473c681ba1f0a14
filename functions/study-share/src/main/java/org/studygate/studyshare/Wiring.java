package org.studygate.studyshare;

import org.studygate.access.Authorisation;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.copying.CopyWork;
import org.studygate.copying.SqsCopyWork;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.platform.Platform;
import org.studygate.sharing.Passing;
import org.studygate.sharing.Recipients;
import org.studygate.sharing.Sharing;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, Acts acts, Lists lists) {
  static CopyWork work(Platform platform) {
    return new SqsCopyWork(
        platform.aws().configure(SqsClient.builder(), "SQS"),
        platform.environment().required("ANONYMIZE_QUEUE_URL"));
  }

  static Wiring on(Platform platform, Stores stores, CopyWork work) {
    var clock = platform.clock();
    var accounts = stores.accounts();
    var groups = stores.groups();
    var departments = stores.departments();
    var desk = stores.accessDesk();
    var names = new Names(accounts, groups, departments);
    var passing =
        new Passing(
            new Authorisation(
                new GrantedHoldings(stores.grants()),
                stores.orders(),
                stores.studies(),
                departments,
                clock));
    var shares = stores.shares();
    var sharing =
        new Sharing(
            shares,
            passing,
            new Recipients(accounts, groups, departments),
            new Notices(new Seal(stores.pepper(), platform.random()), stores.tokens()),
            work,
            stores.pepper(),
            stores.tokens(),
            platform.random(),
            clock);
    return new Wiring(
        new Visits(stores.sessions(), stores.buckets(), new LiveAccounts(accounts), clock),
        new Acts(
            sharing, new Beginning(passing, shares, desk, accounts, names, stores.trail(), clock)),
        new Lists(desk, stores.cards(), stores.copies(), names, stores.trail(), clock));
  }
}

package org.studygate.referenceadd;

import org.studygate.access.Authorisation;
import org.studygate.access.Buckets;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Visits;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.payment.Payments;
import org.studygate.payment.Pincodes;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.signin.Challenges;
import org.studygate.signin.Codes;
import org.studygate.signin.Combination;
import org.studygate.signin.Steps;
import org.studygate.signin.VerifyCode;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Pepper pepper;
  private final Buckets buckets;
  private final Challenges challenges;
  private final Payments payments;
  private final Tokens tokens;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.pepper = stores.pepper();
    this.buckets = stores.buckets();
    this.challenges = stores.codesToProve();
    this.payments = stores.pincodesToProve();
    this.tokens = stores.tokens();
  }

  Visits visits() {
    var accounts = new LiveAccounts(stores.accounts());
    return new Visits(stores.sessions(), buckets, accounts, platform.clock());
  }

  AddReference adding() {
    var clock = platform.clock();
    var departments = stores.departments();
    return new AddReference(
        new Combination(stores.sourceLimits(), stores.references(), buckets, pepper, clock),
        new Authorisation(stores.orders(), stores.studies(), departments, clock),
        departments,
        stores.settling(),
        challenges,
        codes(),
        steps(),
        payments,
        stores.trail(),
        clock);
  }

  ProveReference proving(AddReference adding) {
    var clock = platform.clock();
    return new ProveReference(
        adding,
        steps(),
        buckets,
        verify(),
        payments,
        new Pincodes(pepper, platform.random()),
        clock);
  }

  OpenShare opening() {
    return new OpenShare(
        buckets,
        stores.grants(),
        stores.accounts(),
        codes(),
        verify(),
        stores.proofs(),
        stores.trail(),
        platform.clock());
  }

  private Codes codes() {
    var notices = new Notices(new Seal(pepper, platform.random()), tokens);
    return new Codes(challenges, notices, pepper, tokens, platform.clock());
  }

  private VerifyCode verify() {
    return new VerifyCode(challenges, buckets, pepper, tokens, platform.clock());
  }

  private Steps steps() {
    return new Steps(challenges, buckets, tokens, platform.clock());
  }
}

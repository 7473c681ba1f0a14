package org.studygate.referencelogin;

import org.studygate.access.Authorisation;
import org.studygate.access.Buckets;
import org.studygate.department.Departments;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.payment.Offers;
import org.studygate.platform.Pepper;
import org.studygate.platform.Platform;
import org.studygate.platform.Tokens;
import org.studygate.signin.Challenges;
import org.studygate.signin.Codes;
import org.studygate.signin.Combination;
import org.studygate.signin.SignOut;
import org.studygate.signin.Steps;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
final class Wiring {
  private final Platform platform;
  private final Stores stores;
  private final Pepper pepper;
  private final Buckets buckets;
  private final Departments departments;

  Wiring(Platform platform) {
    this.platform = platform;
    this.stores = new Stores(platform);
    this.pepper = stores.pepper();
    this.buckets = stores.buckets();
    this.departments = stores.departments();
  }

  Login login() {
    var clock = platform.clock();
    var tokens = stores.tokens();
    var combination =
        new Combination(stores.sourceLimits(), stores.references(), buckets, pepper, clock);
    var orders = stores.orders();
    var authorisation = new Authorisation(orders, stores.studies(), departments, clock);
    var sessions = stores.sessions();
    var trail = stores.trail();
    var challenges = stores.codesToSend();
    return new Login(
        combination,
        authorisation,
        departments,
        codes(challenges, tokens),
        stores.entrance(),
        new Steps(challenges, buckets, tokens, clock),
        new SignOut(sessions, challenges, trail, clock),
        stores.payments(),
        new Offers(authorisation),
        trail,
        tokens,
        clock);
  }

  private Codes codes(Challenges challenges, Tokens tokens) {
    var notices = new Notices(new Seal(pepper, platform.random()), tokens);
    return new Codes(challenges, notices, pepper, tokens, platform.clock());
  }

  /// A read with an impossible key.
  void prime() {
    buckets.find("priming");
  }
}

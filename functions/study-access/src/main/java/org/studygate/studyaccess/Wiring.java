package org.studygate.studyaccess;

import org.studygate.access.AnyStudy;
import org.studygate.access.Authorisation;
import org.studygate.access.BreakGlass;
import org.studygate.access.GrantedHoldings;
import org.studygate.access.LiveAccounts;
import org.studygate.access.Unlock;
import org.studygate.access.Visits;
import org.studygate.platform.Platform;
import org.studygate.wiring.Stores;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Visits visits, Calls calls, Told told) {
  static Wiring on(Platform platform, Stores stores) {
    var clock = platform.clock();
    var desk = stores.accessDesk();
    var studies = stores.studies();
    var orders = stores.orders();
    var copies = stores.copies();
    var departments = stores.departments();
    var accounts = stores.accounts();
    var told = new Told(stores.trail(), clock);
    var views = new Views(clock);
    var names = new Names(accounts, stores.groups(), departments);
    var holdings = new GrantedHoldings(stores.grants());
    var authorisation = new Authorisation(holdings, orders, studies, departments, clock);
    var tokens = stores.tokens();
    var any = new AnyStudy(desk, studies, orders);
    return new Wiring(
        new Visits(stores.sessions(), stores.buckets(), new LiveAccounts(accounts), clock),
        new Calls(
            new ListAccess(
                desk,
                any,
                orders,
                copies,
                authorisation,
                new Downloads(stores.trail()),
                names,
                views,
                told,
                clock),
            new ListSent(desk, orders, stores.cards(), copies, names, views, told, clock),
            new Withdraw(desk, new Unlock(stores.unlocks(), stores.trail(), clock), told),
            new BreakGlass(desk, any, orders, authorisation, stores.limits(), tokens, clock),
            platform.log(),
            clock),
        told);
  }
}

package org.studygate.studyview;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.department.Departments;

/// What departments and colleagues are called. Names change rarely and let nobody in, so they are
/// asked for once in five minutes and not with every page.
final class Names {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST = 1_000;

  private final Accounts accounts;
  private final Departments departments;
  private final Clock clock;
  private final Map<String, Known> colleagues = new ConcurrentHashMap<>();
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  Names(Accounts accounts, Departments departments, Clock clock) {
    this.accounts = accounts;
    this.departments = departments;
    this.clock = clock;
  }

  private record Known(Optional<String> name, Instant until) {
    @Override
    public String toString() {
      return "Known[…]";
    }
  }

  Map<String, String> departments(Set<String> ids) {
    return of(ids, known, id -> departments.find(id).map(found -> found.name()));
  }

  Map<String, String> colleagues(Set<String> ids) {
    return of(ids, colleagues, id -> accounts.find(id).map(Account::name).map(Account.Name::whole));
  }

  private Map<String, String> of(
      Set<String> ids, Map<String, Known> kept, Function<String, Optional<String>> ask) {
    var now = clock.instant();
    if (kept.size() > MOST) {
      kept.clear();
    }
    var names = new HashMap<String, String>();
    for (var id : ids) {
      var one =
          kept.compute(
              id,
              (_, there) ->
                  there != null && now.isBefore(there.until())
                      ? there
                      : new Known(ask.apply(id), now.plus(KEPT)));
      one.name().ifPresent(name -> names.put(id, name));
    }
    return names;
  }
}

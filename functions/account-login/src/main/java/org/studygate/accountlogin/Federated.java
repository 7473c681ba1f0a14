package org.studygate.accountlogin;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.accountlogin.IdTokens.Claims;
import org.studygate.accountlogin.Onward.Shown;
import org.studygate.credential.SignIns;
import org.studygate.credential.Stage;
import org.studygate.credential.Step;
import org.studygate.http.Problem;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.platform.Tokens;

/// Somebody whom a hospital signs in: sent there and back, by a code that is worth something with
/// this browser alone. An account is never made by it: the first time, the one with the address
/// that the provider has verified is bound to who it says it is, and from then on that counts.
final class Federated {
  private final Doorstep door;
  private final SignIns signIns;
  private final Accounts accounts;
  private final Providers providers;
  private final Web web;
  private final IdTokens tokensOfPool;
  private final Onward onward;
  private final Records records;
  private final Tokens tokens;
  private final Clock clock;

  Federated(Parts parts, Doorstep door, Onward onward, Web web, IdTokens tokensOfPool) {
    this.door = door;
    this.signIns = parts.signIns();
    this.accounts = parts.accounts();
    this.providers = parts.providers();
    this.web = web;
    this.tokensOfPool = tokensOfPool;
    this.onward = onward;
    this.records = parts.records();
    this.tokens = parts.tokens();
    this.clock = parts.clock();
  }

  /// Off to the provider: whether anybody has the name is not asked.
  Outcome send(Providers.Provider provider, Ask ask) {
    door.leave(ask);
    var state = tokens.next().secret();
    var nonce = tokens.next().secret();
    var verifier = tokens.next().secret();
    var url = providers.authorize(provider, state, nonce, verifier);
    var kept =
        Map.of(
            "state",
            state,
            "nonce",
            nonce,
            "verifier",
            verifier,
            "domain",
            provider.domain(),
            "url",
            url);
    return door.begin("", 0, Stage.PROVIDER, kept, new Next.Redirect(url));
  }

  /// Back again. What does not hold is one refusal, and the step cannot be used another time.
  Outcome back(String code, String state, Ask ask) {
    var found = door.find(ask, Stage.PROVIDER);
    if (found.isEmpty()) {
      return Outcome.ended();
    }
    var step = found.get();
    if (!signIns.use(step, clock.instant())) {
      return Outcome.ended();
    }
    var provider = providers.of("@" + step.kept("domain"));
    var claims =
        provider
            .filter(_ -> IdTokens.same(state, step.kept("state")))
            .flatMap(_ -> token(code, step))
            .flatMap(token -> tokensOfPool.verify(token, step.kept("nonce")))
            .filter(one -> one.provider().equals(provider.get().name()));
    return claims
        .flatMap(one -> account(one, step.kept("domain")))
        .filter(Account::live)
        .map(account -> in(step, account, provider.orElseThrow(), ask))
        .orElseGet(() -> refused(ask));
  }

  private Optional<String> token(String code, Step step) {
    return web.post(providers.token(), providers.exchange(code, step.kept("verifier")))
        .flatMap(Federated::idToken);
  }

  private static Optional<String> idToken(byte[] answer) {
    try {
      return JsonObject.parse(answer).optionalString("id_token");
    } catch (BadJson malformed) {
      return Optional.empty();
    }
  }

  private Optional<Account> account(Claims claims, String domain) {
    var bound = signIns.bound(claims.provider(), claims.sub());
    return bound.isPresent()
        ? accounts.find(bound.get())
        : claims
            .email()
            .map(email -> email.toLowerCase(Locale.ROOT))
            .filter(email -> email.endsWith("@" + domain))
            .flatMap(accounts::named)
            .filter(Account::live)
            .filter(account -> signIns.bind(account.id(), claims.provider(), claims.sub()));
  }

  private Outcome in(Step step, Account account, Providers.Provider provider, Ask ask) {
    var own = step.of(account);
    return provider.strong()
        ? onward.open(own, account, Shown.password(0), ask)
        : onward.secondFactor(own, account, 0, "", ask);
  }

  private Outcome refused(Ask ask) {
    signIns.refused(records.unjudged("provider", Optional.empty(), ask));
    return new Outcome.Refused(Problem.COMBINATION_INCORRECT);
  }
}

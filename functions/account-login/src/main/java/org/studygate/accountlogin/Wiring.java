package org.studygate.accountlogin;

import org.studygate.account.GroupsDue;
import org.studygate.credential.AccountCodes;
import org.studygate.credential.AwsUserPool;
import org.studygate.credential.PasswordRule;
import org.studygate.credential.SignIns;
import org.studygate.credential.UserPool;
import org.studygate.notice.Notices;
import org.studygate.notice.Seal;
import org.studygate.platform.Environment;
import org.studygate.platform.Platform;
import org.studygate.signin.SignOut;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/// Puts the function together from what `template.yaml` gives it.
record Wiring(Calls calls, SignIns signIns) {
  static Wiring on(Platform platform) {
    var clock = platform.clock();
    var stores = new Stores(platform);
    var pepper = stores.pepper();
    var tokens = stores.tokens();
    var signIns = stores.signIns();
    var notices = new Notices(new Seal(pepper, platform.random()), tokens);
    var accounts = stores.accounts();
    var parts =
        new Parts(
            signIns,
            accounts,
            new GroupsDue(accounts, stores.groups(), clock),
            pool(platform),
            stores.sourceLimits(),
            new AccountCodes(notices, pepper, tokens),
            notices,
            new PasswordRule(),
            Manner.of(platform.environment()),
            Providers.of(platform.environment()),
            new Records(clock),
            pepper,
            tokens,
            clock);
    var sessions = stores.sessions();
    var signOut = new SignOut(sessions, stores.steps(), stores.trail(), clock);
    var door = new Doorstep(parts, signOut, sessions);
    var onward = new Onward(parts);
    var providers = parts.providers();
    var web = new Web(platform.log());
    var idTokens = new IdTokens(new Keys(web, providers.keys(), clock), providers, clock);
    var calls =
        new Calls(
            door,
            new PasswordStep(parts, door, onward),
            new SecondFactor(parts, door, onward),
            new Forgotten(parts, door, onward),
            new Registration(parts, door),
            new Federated(parts, door, onward, web, idTokens),
            providers);
    return new Wiring(calls, signIns);
  }

  private static UserPool pool(Platform platform) {
    Environment environment = platform.environment();
    return new AwsUserPool(
        platform
            .aws()
            .configure(CognitoIdentityProviderClient.builder(), "COGNITO_IDENTITY_PROVIDER"),
        environment.required("USER_POOL_ID"),
        environment.required("USER_POOL_CLIENT"));
  }

  /// A read with an impossible key.
  void prime() {
    signIns.named("priming");
  }
}

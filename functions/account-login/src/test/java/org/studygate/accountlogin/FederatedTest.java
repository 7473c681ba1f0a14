package org.studygate.accountlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.accountlogin.Gate.json;
import static org.studygate.accountlogin.Gate.next;
import static org.studygate.accountlogin.Gate.problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.studygate.account.Account;
import org.studygate.account.Factor;
import org.studygate.accountlogin.Gate.Browser;
import org.studygate.session.Subject;

/// A hospital signs its own people in: what it says is believed only when all of it holds.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FederatedTest {
  private static final String REFUSED = "401 combination-incorrect";

  private Gate gate;
  private Hospital hospital;
  private AccountLoginHandler handler;
  private AccountLoginHandler trusting;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gate = new Gate(folder);
    hospital = new Hospital(gate.clock);
    handler = handler(false);
    trusting = handler(true);
  }

  private AccountLoginHandler handler(boolean strong) {
    return gate.handler(
        "SIGN_IN_ORIGIN", hospital.base(),
        "POOL_ISSUER", hospital.base(),
        "FEDERATED_DOMAINS",
            "{\"domains\":[{\"domain\":\"az-oost.example\",\"provider\":\"Oost\",\"strong\":%s}]}"
                .formatted(strong));
  }

  @AfterAll
  void stop() throws Exception {
    hospital.close();
    gate.close();
  }

  @BeforeEach
  void anotherTime() {
    gate.next();
  }

  private Account physician() {
    return gate.account(Hospital.DOMAIN, Factor.SMS, Optional.empty(), Account.State.ACTIVE);
  }

  private Browser browser() {
    return new Browser(trusting);
  }

  private String sent(Browser browser, String username) {
    var answer = browser.login(username);
    assertThat(next(answer)).isEqualTo("redirect");
    return json(answer).string("url");
  }

  private static String state(String url) {
    return String.valueOf(Hospital.form(java.net.URI.create(url).getRawQuery()).get("state"));
  }

  @Test
  void aPhysicianIsSentThereAndComesBackSignedIn() {
    var account = physician();
    var browser = browser();
    var url = sent(browser, account.username());
    var asked = Hospital.form(java.net.URI.create(url).getRawQuery());
    assertThat(url).startsWith(hospital.base() + "/oauth2/authorize?");
    assertThat(asked)
        .containsEntry("identity_provider", "Oost")
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256")
        .containsEntry("redirect_uri", "https://studygate.example.org/professional/return")
        .doesNotContainValue(account.username());
    assertThat(browser.call("step", null).body()).contains("\"redirect\"");
    hospital.says("sub-1", account.username(), url);
    assertThat(next(browser.back("a-code", state(url)))).isEqualTo("open");
    assertThat(Providers.challenge(String.valueOf(hospital.lastForm.get("code_verifier"))))
        .isEqualTo(asked.get("code_challenge"));
    assertThat(gate.session(browser).orElseThrow().subject())
        .isEqualTo(new Subject.OfAccount(account.id()));
    assertThat(gate.now(account).provider()).contains("Oost");
  }

  @Test
  void ourSecondFactorIsAskedUnlessTheProviderIsStrong() {
    var account = physician();
    var browser = new Browser(handler);
    var url = sent(browser, account.username());
    hospital.says("sub-2", account.username(), url);
    assertThat(next(browser.back("a-code", state(url)))).isEqualTo("otp");
    assertThat(next(browser.code(gate.message(account).orElseThrow().code()))).isEqualTo("open");
  }

  @Test
  void whetherANameIsKnownIsNotTold() {
    var known = browser().login(physician().username());
    var unknown = browser().login("nobody@az-oost.example");
    assertThat(unknown.status()).isEqualTo(known.status());
    assertThat(unknown.body()).hasSameSizeAs(known.body());
  }

  @Test
  void anAccountIsBoundTheFirstTimeAndNeverMade() {
    var account = physician();
    var first = browser();
    var url = sent(first, account.username());
    hospital.says("sub-3", account.username(), url);
    next(first.back("a-code", state(url)));
    // another address: who it is counts from now on
    var again = browser();
    var second = sent(again, account.username());
    hospital.says("sub-3", "other.address@az-oost.example", second);
    assertThat(next(again.back("a-code", state(second)))).isEqualTo("open");
    // somebody else with the same address
    var thief = browser();
    var third = sent(thief, account.username());
    hospital.says("sub-4", account.username(), third);
    assertThat(problem(thief.back("a-code", state(third)))).isEqualTo(REFUSED);
    // nobody's address, one that is not verified, one of another domain
    assertThat(refused("sub-5", "unknown@az-oost.example", Map.of())).isEqualTo(REFUSED);
    assertThat(refused("sub-6", physician().username(), Map.of("email_verified", false)))
        .isEqualTo(REFUSED);
    var elsewhere = gate.account(Factor.SMS, Optional.empty());
    assertThat(refused("sub-7", elsewhere.username(), Map.of())).isEqualTo(REFUSED);
  }

  @Test
  void aLockedOrDisabledAccountStaysOut() {
    var disabled =
        gate.account(Hospital.DOMAIN, Factor.SMS, Optional.empty(), Account.State.DISABLED);
    assertThat(refused("sub-8", disabled.username(), Map.of())).isEqualTo(REFUSED);
  }

  private String refused(String sub, String email, Map<String, Object> otherwise) {
    var browser = browser();
    var url = sent(browser, email.endsWith(Hospital.DOMAIN) ? email : "x@az-oost.example");
    hospital.says(sub, email, url);
    hospital.claims.putAll(otherwise);
    return problem(browser.back("a-code", state(url)));
  }

  @Test
  void whatCameBackIsWorthSomethingOnceAndWithItsBrowserAlone() {
    var account = physician();
    var browser = browser();
    var url = sent(browser, account.username());
    hospital.says("sub-9", account.username(), url);
    var other = browser();
    other.login("somebody@az-oost.example");
    assertThat(problem(other.back("a-code", state(url)))).as("another's state").isEqualTo(REFUSED);
    assertThat(problem(browser().back("a-code", state(url)))).isEqualTo("401 session-ended");
    var copy = browser.copy();
    assertThat(next(browser.back("a-code", state(url)))).isEqualTo("open");
    assertThat(problem(copy.back("a-code", state(url)))).isEqualTo("401 session-ended");
    assertThat(problem(browser.back("a-code", state(url)))).isEqualTo("401 session-ended");
  }

  @Test
  void afterAWrongStateTheStepIsUsedUpAndNoCodeIsAskedFor() {
    var account = physician();
    var browser = browser();
    var url = sent(browser, account.username());
    hospital.says("sub-10", account.username(), url);
    var asked = hospital.codesAsked.get();
    assertThat(problem(browser.back("a-code", "another-state"))).isEqualTo(REFUSED);
    assertThat(hospital.codesAsked).hasValue(asked);
    assertThat(problem(browser.back("a-code", state(url)))).isEqualTo("401 session-ended");
  }

  @Test
  void afterAQuarterOfAnHourItIsLate() {
    var account = physician();
    var browser = browser();
    var url = sent(browser, account.username());
    gate.later(Duration.ofMinutes(15));
    hospital.says("sub-11", account.username(), url);
    assertThat(problem(browser.back("a-code", state(url)))).isEqualTo("401 session-ended");
  }

  static Stream<Arguments> spoiled() {
    return Stream.of(
        spoiling("another nonce", h -> h.claims.put("nonce", "another")),
        spoiling("no nonce", h -> h.claims.remove("nonce")),
        spoiling("another issuer", h -> h.claims.put("iss", "https://evil.example")),
        spoiling("another audience", h -> h.claims.put("aud", "another-client")),
        spoiling("several audiences", h -> h.claims.put("aud", List.of("UserPoolClient", "x"))),
        spoiling("an access token", h -> h.claims.put("token_use", "access")),
        spoiling("expired", h -> h.claims.put("exp", seconds(h, -60))),
        spoiling("no end", h -> h.claims.remove("exp")),
        spoiling("of the future", h -> h.claims.put("iat", seconds(h, 600))),
        spoiling("old", h -> h.claims.put("iat", seconds(h, -1200))),
        spoiling("not yet", h -> h.claims.put("nbf", seconds(h, 600))),
        spoiling(
            "another provider",
            h ->
                h.claims.put("identities", List.of(Map.of("providerName", "West", "userId", "x")))),
        spoiling("no provider", h -> h.claims.remove("identities")),
        spoiling("nobody", h -> h.claims.remove("sub")),
        spoiling(
            "alg none",
            h -> {
              h.header.put("alg", "none");
              h.how = "none";
            }),
        spoiling("none under RS256", h -> h.how = "none"),
        spoiling(
            "alg HS256 with the public key",
            h -> {
              h.header.put("alg", "HS256");
              h.how = "HS256";
            }),
        spoiling("alg RS512", h -> h.header.put("alg", "RS512")),
        spoiling("another's key", h -> h.how = "stranger"),
        spoiling("an unknown key", h -> h.header.put("kid", "k2")),
        spoiling("no key", h -> h.header.remove("kid")),
        spoiling("what must be understood", h -> h.header.put("crit", List.of("x"))),
        spoiling(
            "other claims under the signature",
            h -> h.spoiled = token -> token.replaceFirst("\\.e", ".f")),
        spoiling("two parts", h -> h.spoiled = token -> token.substring(0, token.lastIndexOf('.'))),
        spoiling("four parts", h -> h.spoiled = token -> token + ".x"),
        spoiling("padding", h -> h.spoiled = token -> token + "="),
        spoiling("nothing", h -> h.spoiled = _ -> ""),
        spoiling("too long", h -> h.claims.put("x", "x".repeat(20_000))));
  }

  private interface Spoil {
    void spoil(Hospital hospital);
  }

  private static Arguments spoiling(String what, Spoil how) {
    return Arguments.of(what, how);
  }

  private static long seconds(Hospital hospital, long more) {
    return ((Number) java.util.Objects.requireNonNull(hospital.claims.get("iat"))).longValue()
        + more;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("spoiled")
  void whatDoesNotHoldIsOneRefusal(String what, Spoil how) {
    var account = physician();
    var browser = browser();
    var url = sent(browser, account.username());
    hospital.says("sub-" + account.id(), account.username(), url);
    how.spoil(hospital);
    assertThat(problem(browser.back("a-code", state(url)))).as(what).isEqualTo(REFUSED);
    assertThat(gate.session(browser)).isEmpty();
    assertThat(gate.now(account).provider()).isEmpty();
  }

  /// Names of keys can be invented by anybody.
  @Test
  void keysAreAskedForOnceAMinuteAtMost() {
    var asked = hospital.keysAsked.get();
    for (var i = 0; i < 5; i++) {
      var browser = browser();
      var url = sent(browser, "x@az-oost.example");
      hospital.says("sub-x", "x@az-oost.example", url);
      hospital.header.put("kid", "invented-" + i);
      browser.back("a-code", state(url));
    }
    assertThat(hospital.keysAsked.get() - asked).isLessThanOrEqualTo(1);
  }

  @Test
  void aForgottenPasswordOfTheHospitalIsNotOurs() {
    var account = physician();
    var browser = browser();
    assertThat(next(browser.forgot(account.username()))).isEqualTo("new-password");
    assertThat(gate.message(account)).isEmpty();
  }
}

package org.studygate.accountlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.studygate.accountlogin.Gate.PASSWORD;
import static org.studygate.accountlogin.Gate.WRONG;
import static org.studygate.accountlogin.Gate.json;
import static org.studygate.accountlogin.Gate.next;
import static org.studygate.accountlogin.Gate.problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.account.Account;
import org.studygate.account.Factor;
import org.studygate.accountlogin.Gate.Browser;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.credential.TestPool;
import org.studygate.limit.Tries;
import org.studygate.session.Subject;
import org.studygate.settings.Attempt;

/// Name, password, authenticator app; against DynamoDB Local and moto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountLoginHandlerTest {
  private static final String SECRET = "ONSWG4TFORSGK3LPME3DCMZT";
  private static final String NO_CODE = "000000";

  private Gate gate;
  private AccountLoginHandler handler;

  @BeforeAll
  void start(@TempDir Path folder) {
    gate = new Gate(folder);
    handler = gate.handler();
  }

  @AfterAll
  void stop() throws Exception {
    gate.close();
  }

  @BeforeEach
  void anotherTime() {
    gate.next();
  }

  private Account physician() {
    return gate.account(Factor.TOTP, Optional.of(SECRET));
  }

  private Browser browser() {
    return new Browser(handler);
  }

  private String code() {
    return TestPool.code(SECRET, gate.clock.instant());
  }

  /// At the step of the app, as whoever knows the password.
  private Browser atCode(Account account) {
    var browser = browser();
    browser.login(account);
    assertThat(next(browser.password(PASSWORD))).isEqualTo("totp");
    return browser;
  }

  @Test
  void aPhysicianSignsInWithPasswordAndApp() {
    var account = physician();
    var browser = browser();
    assertThat(next(browser.login(account.username().toUpperCase(java.util.Locale.ROOT))))
        .isEqualTo("password");
    assertThat(gate.session(browser)).isEmpty();
    assertThat(next(browser.password(PASSWORD))).isEqualTo("totp");
    assertThat(gate.session(browser)).isEmpty();
    var open = browser.code(code());
    assertThat(open.body()).isEqualTo("{\"next\":\"open\",\"failedAt\":null}");
    var session = gate.session(browser).orElseThrow();
    assertThat(session.subject()).isEqualTo(new Subject.OfAccount(account.id()));
    assertThat(session.expires()).isEqualTo(gate.clock.instant().plus(Duration.ofHours(12)));
    assertThat(gate.logins(account))
        .extracting(Attempt::from, Attempt::outcome)
        .containsExactly(tuple("192.0.2.1", "signed-in"));
    assertThat(gate.trail(AuditEvent.account(account.id())))
        .extracting(AuditEvent::action, AuditEvent::outcome)
        .containsExactly(tuple(AuditAction.SIGNED_IN, "totp"));
  }

  @Test
  void everyStepHasACookieOfItsOwnAndLeadsOnOnce() {
    var account = physician();
    var browser = browser();
    browser.login(account);
    var atPassword = browser.copy();
    browser.password(PASSWORD);
    assertThat(problem(atPassword.password(PASSWORD))).isEqualTo("401 session-ended");
    var atCode = browser.copy();
    browser.code(code());
    gate.later(Duration.ofSeconds(30));
    assertThat(problem(atCode.code(code()))).isEqualTo("401 session-ended");
    assertThat(problem(browser.password(PASSWORD))).isEqualTo("401 session-ended");
    assertThat(problem(browser().code(code()))).isEqualTo("401 session-ended");
    var skipping = browser();
    skipping.login(account);
    assertThat(problem(skipping.code(code()))).isEqualTo("401 session-ended");
    assertThat(problem(skipping.factor("totp"))).isEqualTo("401 session-ended");
  }

  @Test
  void aStepIsOverAfterAQuarterOfAnHour() {
    var account = physician();
    var browser = browser();
    browser.login(account);
    gate.later(Duration.ofMinutes(15));
    assertThat(problem(browser.password(PASSWORD))).isEqualTo("401 session-ended");
    var late = atCode(account);
    gate.later(Duration.ofMinutes(15));
    assertThat(problem(late.code(code()))).isEqualTo("401 session-ended");
  }

  @Test
  void aPageThatIsLoadedAgainLearnsWhereItStands() {
    var browser = browser();
    browser.login(physician());
    assertThat(next(browser.call("step", null))).isEqualTo("password");
    browser.password(PASSWORD);
    assertThat(next(browser.call("step", null))).isEqualTo("totp");
    browser.code(code());
    assertThat(problem(browser.call("step", null))).isEqualTo("401 session-ended");
    assertThat(problem(browser().call("step", null))).isEqualTo("401 session-ended");
  }

  @Test
  void anUnknownNameALockedAndADisabledAccountAreAnsweredLikeAWrongPassword() {
    var wrong = refused(physician().username(), WRONG);
    assertThat(wrong).contains("combination-incorrect");
    assertThat(refused("nobody@praktijk.example", WRONG)).isEqualTo(wrong);
    var disabled = gate.account(Factor.TOTP, Optional.of(SECRET), Account.State.DISABLED);
    assertThat(refused(disabled.username(), PASSWORD)).isEqualTo(wrong);
    var locked = physician();
    for (var i = 0; i < Tries.PASSWORD.max(); i++) {
      refused(locked.username(), WRONG);
    }
    assertThat(refused(locked.username(), PASSWORD)).isEqualTo(wrong);
    assertThat(refused("x".repeat(5000), WRONG)).isEqualTo(wrong);
    assertThat(refused(physician().username(), "x".repeat(5000))).isEqualTo(wrong);
    assertThat(refused(physician().username(), "")).isEqualTo(wrong);
    assertThat(gate.trail(AuditEvent.environment())).isNotEmpty();
  }

  private String refused(String username, String password) {
    var browser = browser().from("198.51.100." + username.length() % 250);
    assertThat(browser.login(username).body()).isEqualTo("{\"next\":\"password\"}");
    var answer = browser.password(password);
    assertThat(answer.cookies()).isEmpty();
    return answer.status() + answer.headers().toString() + answer.body();
  }

  @Test
  void fiveWrongPasswordsLockTheAccountAndEndItsVisits() {
    var account = physician();
    var inside = atCode(account);
    inside.code(code());
    assertThat(gate.session(inside)).isPresent();
    var browser = browser();
    browser.login(account);
    for (var i = 1; i < Tries.PASSWORD.max(); i++) {
      assertThat(problem(browser.password(WRONG))).isEqualTo("401 combination-incorrect");
    }
    assertThat(gate.now(account).locked()).isFalse();
    browser.password(WRONG);
    assertThat(gate.now(account).locked()).isTrue();
    assertThat(gate.now(account).epoch()).isEqualTo(account.epoch() + 1);
    assertThat(problem(browser.password(PASSWORD))).isEqualTo("401 combination-incorrect");
    assertThat(gate.logins(account)).extracting(Attempt::outcome).contains("locked");
  }

  @Test
  void theLastTryMayBeRightAndClearsTheRow() {
    var account = physician();
    var browser = browser();
    browser.login(account);
    for (var i = 1; i < Tries.PASSWORD.max(); i++) {
      browser.password(WRONG);
    }
    assertThat(next(browser.password(PASSWORD))).isEqualTo("totp");
    var again = browser();
    again.login(account);
    for (var i = 1; i < Tries.PASSWORD.max(); i++) {
      again.password(WRONG);
    }
    assertThat(gate.now(account).locked()).isFalse();
  }

  @Test
  void passwordsAndCodesAreCountedApartAndFiveWrongCodesLock() {
    var account = physician();
    var browser = browser();
    browser.login(account);
    for (var i = 1; i < Tries.PASSWORD.max(); i++) {
      browser.password(WRONG);
    }
    browser.password(PASSWORD);
    for (var i = 1; i < Tries.CODE.max(); i++) {
      assertThat(problem(browser.code(NO_CODE))).isEqualTo("401 code-incorrect");
    }
    assertThat(gate.now(account).locked()).isFalse();
    var elsewhere = atCode(account);
    elsewhere.code(NO_CODE);
    assertThat(gate.now(account).locked()).as("beginning again refills nothing").isTrue();
    assertThat(problem(browser.code(code()))).isEqualTo("401 code-incorrect");
  }

  @Test
  void aCodeOfAnAppWorksOnceAndAStepEarlyOrLate() {
    var account = physician();
    var first = atCode(account);
    var second = atCode(account);
    var used = code();
    assertThat(next(first.code(used))).isEqualTo("open");
    assertThat(problem(second.code(used))).isEqualTo("401 code-incorrect");
    gate.pool.again();
    assertThat(problem(atCode(account).code(used)))
        .as("nor after a restart")
        .isEqualTo("401 code-incorrect");
    gate.later(Duration.ofSeconds(60));
    var late = TestPool.code(SECRET, gate.clock.instant().minusSeconds(30));
    assertThat(next(atCode(account).code(late))).isEqualTo("open");
    gate.later(Duration.ofMinutes(5));
    var tooLate = TestPool.code(SECRET, gate.clock.instant().minusSeconds(120));
    assertThat(problem(atCode(account).code(tooLate))).isEqualTo("401 code-incorrect");
  }

  @Test
  void theLastFailedAttemptIsToldAtTheNextVisitAndNoMore() {
    var account = physician();
    var browser = browser();
    browser.login(account);
    browser.password(WRONG);
    var failed = gate.clock.instant();
    gate.later(Duration.ofMinutes(1));
    browser.password(PASSWORD);
    assertThat(json(browser.code(code())).string("failedAt")).isEqualTo(failed.toString());
    gate.later(Duration.ofMinutes(1));
    var next = atCode(account);
    assertThat(next.code(code()).body()).contains("\"failedAt\":null");
  }

  @Test
  void aRememberedBrowserSkipsTheCodeAndNeverThePassword() {
    var account = physician();
    var browser = atCode(account);
    var answer = browser.remembered(code());
    assertThat(answer.cookies())
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("__Host-browser=")
                    .endsWith("; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict; Secure"));
    assertThat(gate.browsers(account))
        .extracting(org.studygate.settings.Browser::device)
        .containsExactly("Firefox, Windows");
    gate.later(Duration.ofDays(29));
    var again = browser.keeping("browser");
    again.login(account);
    assertThat(problem(again.password(WRONG))).isEqualTo("401 combination-incorrect");
    assertThat(next(again.password(PASSWORD))).isEqualTo("open");
    var another = browser.keeping("browser");
    var colleague = physician();
    another.login(colleague);
    assertThat(next(another.password(PASSWORD))).as("of one account alone").isEqualTo("totp");
    gate.later(Duration.ofDays(1));
    var late = browser.keeping("browser");
    late.login(account);
    assertThat(next(late.password(PASSWORD))).isEqualTo("totp");
  }

  @Test
  void aRememberedBrowserEndsWithTheEpochAndWhenItIsForgotten() {
    var account = physician();
    var browser = atCode(account);
    browser.remembered(code());
    gate.accounts.endVisits(account.id());
    var again = browser.keeping("browser");
    again.login(account);
    assertThat(next(again.password(PASSWORD))).isEqualTo("totp");
    gate.later(Duration.ofSeconds(30));
    again.remembered(code());
    gate.forget(account);
    var forgotten = again.keeping("browser");
    forgotten.login(account);
    assertThat(next(forgotten.password(PASSWORD))).isEqualTo("totp");
  }

  @Test
  void whateverTheBrowserWasSignedInToBeforeEnds() {
    var account = physician();
    var browser = atCode(account);
    browser.code(code());
    var former = browser.copy();
    browser.login(physician());
    assertThat(gate.session(former)).isEmpty();
    assertThat(gate.trail(AuditEvent.account(account.id())))
        .extracting(AuditEvent::action)
        .contains(AuditAction.SIGNED_OUT);
  }

  @Test
  void whoHasNoSecondFactorChoosesOne() {
    var account = gate.account(Factor.NONE, Optional.empty());
    var browser = browser();
    browser.login(account);
    var choose = browser.password(PASSWORD);
    assertThat(choose.body())
        .isEqualTo(
            "{\"next\":\"choose-factor\",\"factors\":[\"totp\",\"sms\",\"email\"],\"mandatory\":true}");
    assertThat(browser.call("step", null).body()).isEqualTo(choose.body());
    assertThat(problem(browser.factor("none"))).isEqualTo("400 bad-request");
    var enrol = browser.factor("totp");
    assertThat(next(enrol)).isEqualTo("enrol-totp");
    var secret = json(enrol).string("secret");
    assertThat(json(enrol).string("uri"))
        .startsWith("otpauth://totp/Studygate:jan.maes")
        .contains("secret=" + secret)
        .contains("issuer=Studygate");
    assertThat(browser.call("step", null).body()).isEqualTo(enrol.body());
    assertThat(problem(browser.code(NO_CODE))).isEqualTo("401 code-incorrect");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.NONE);
    assertThat(next(browser.code(TestPool.code(secret, gate.clock.instant())))).isEqualTo("open");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.TOTP);
    assertThat(gate.session(browser)).isPresent();
    var next = browser();
    next.login(account);
    assertThat(next(next.password(PASSWORD))).isEqualTo("totp");
  }

  @Test
  void whereItIsOptionalAPasswordIsEnough() {
    var account = gate.account(Factor.NONE, Optional.empty());
    var browser = new Browser(gate.handler("SECOND_FACTOR", "optional"));
    browser.login(account);
    assertThat(next(browser.password(PASSWORD))).isEqualTo("open");
    assertThat(gate.session(browser)).isPresent();
  }
}

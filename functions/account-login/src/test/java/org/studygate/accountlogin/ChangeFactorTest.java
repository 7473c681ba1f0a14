package org.studygate.accountlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.accountlogin.Gate.PASSWORD;
import static org.studygate.accountlogin.Gate.json;
import static org.studygate.accountlogin.Gate.next;
import static org.studygate.accountlogin.Gate.problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.studygate.credential.TestPool;

/// Whoever is in chooses another second factor, with the password and the present one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ChangeFactorTest {
  private static final String SECRET = "ONSWG4TFORSGK3LPME3DCMZT";

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

  private String appCode() {
    gate.later(Duration.ofSeconds(60)); // each works once
    return TestPool.code(SECRET, gate.clock.instant());
  }

  private String sent(Account account) {
    return gate.message(account).orElseThrow().code();
  }

  private Browser inside(Account account) {
    var browser = new Browser(handler);
    browser.login(account);
    assertThat(next(browser.password(PASSWORD))).isEqualTo("totp");
    assertThat(next(browser.remembered(appCode()))).isEqualTo("open");
    return browser;
  }

  @Test
  void anAppGivesWayToCodesBySms() {
    var account = gate.account(Factor.TOTP, Optional.of(SECRET));
    var browser = inside(account);
    assertThat(next(browser.call("factor-change", "{}"))).isEqualTo("password");
    assertThat(gate.session(browser)).as("the visit has ended").isEmpty();
    assertThat(next(browser.password(PASSWORD)))
        .as("the remembered browser does not do")
        .isEqualTo("totp");
    var choose = browser.code(appCode());
    assertThat(next(choose)).isEqualTo("choose-factor");
    assertThat(json(choose).strings("factors")).containsExactly("totp", "sms", "email");
    assertThat(gate.session(browser)).isEmpty();
    assertThat(next(browser.factor("sms"))).isEqualTo("otp");
    assertThat(gate.now(account).factor()).as("not before it was shown").isEqualTo(Factor.TOTP);
    assertThat(next(browser.code(sent(account)))).isEqualTo("open");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.SMS);
    assertThat(gate.session(browser)).isPresent();
    gate.next();
    var other = new Browser(handler);
    other.login(account);
    assertThat(next(other.password(PASSWORD))).as("no app is asked any more").isEqualTo("otp");
  }

  @Test
  void anotherPhoneTakesTheAppsPlace() {
    var account = gate.account(Factor.TOTP, Optional.of(SECRET));
    var browser = inside(account);
    browser.call("factor-change", "{}");
    browser.password(PASSWORD);
    browser.code(appCode());
    var enrol = browser.factor("totp");
    assertThat(next(enrol)).isEqualTo("enrol-totp");
    var secret = json(enrol).string("secret");
    assertThat(next(browser.code(TestPool.code(secret, gate.clock.instant())))).isEqualTo("open");
    gate.later(Duration.ofSeconds(60));
    var other = new Browser(handler);
    other.login(account);
    other.password(PASSWORD);
    assertThat(problem(other.code(appCode()))).isEqualTo("401 code-incorrect");
    assertThat(next(other.code(TestPool.code(secret, gate.clock.instant())))).isEqualTo("open");
  }

  @Test
  void codesBySmsGiveWayToAnApp() {
    var account = gate.account(Factor.SMS, Optional.empty());
    var browser = new Browser(handler);
    browser.login(account);
    browser.password(PASSWORD);
    assertThat(next(browser.code(sent(account)))).isEqualTo("open");
    gate.next();
    browser = new Browser(handler);
    browser.login(account);
    browser.password(PASSWORD);
    assertThat(next(browser.code(sent(account)))).isEqualTo("open");
    gate.later(Duration.ofMinutes(2));
    assertThat(next(browser.call("factor-change", "{}"))).isEqualTo("password");
    assertThat(next(browser.password(PASSWORD))).isEqualTo("otp");
    assertThat(next(browser.code(sent(account)))).isEqualTo("choose-factor");
    var secret = json(browser.factor("totp")).string("secret");
    assertThat(next(browser.code(TestPool.code(secret, gate.clock.instant())))).isEqualTo("open");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.TOTP);
  }

  @Test
  void whoIsNotInChangesNothing() {
    var account = gate.account(Factor.TOTP, Optional.of(SECRET));
    assertThat(problem(new Browser(handler).call("factor-change", "{}")))
        .isEqualTo("401 session-ended");
    var browser = new Browser(handler);
    browser.login(account);
    assertThat(problem(browser.call("factor-change", "{}"))).isEqualTo("401 session-ended");
    var inside = inside(account);
    gate.accounts.endVisits(account.id());
    assertThat(problem(inside.call("factor-change", "{}"))).isEqualTo("401 session-ended");
  }

  @Test
  void whereItIsOptionalNobodyTakesOffWhatIsThere() {
    var account = gate.account(Factor.TOTP, Optional.of(SECRET));
    var browser = inside(account);
    var optional = new Browser(gate.handler("SECOND_FACTOR", "optional"));
    optional.set("session", browser.cookie("session"));
    optional.call("factor-change", "{}");
    optional.password(PASSWORD);
    assertThat(json(optional.code(appCode())).strings("factors"))
        .isEqualTo(List.of("totp", "sms", "email"));
  }
}

package org.studygate.accountlogin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.studygate.accountlogin.Gate.PASSWORD;
import static org.studygate.accountlogin.Gate.WRONG;
import static org.studygate.accountlogin.Gate.json;
import static org.studygate.accountlogin.Gate.next;
import static org.studygate.accountlogin.Gate.problem;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.account.Account;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Factor;
import org.studygate.account.Group;
import org.studygate.accountlogin.Gate.Browser;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.http.HttpResponse;
import org.studygate.limit.Tries;
import org.studygate.settings.Attempt;

/// Codes by SMS and mail, forgotten and first passwords, registration, groups to be confirmed;
/// against DynamoDB Local and moto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CodesTest {
  private static final String NEW = "een nieuwe lange zin";
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

  private Browser browser() {
    return new Browser(handler);
  }

  private Account bySms() {
    return gate.account(Factor.SMS, Optional.empty());
  }

  private Browser atCode(Account account) {
    var browser = browser();
    browser.login(account);
    assertThat(next(browser.password(PASSWORD))).isEqualTo("otp");
    return browser;
  }

  @Test
  void aCodeGoesToTheRegisteredMobileAndOpensOnce() {
    var account = bySms();
    var browser = browser();
    browser.login(account);
    var otp = browser.password(PASSWORD);
    assertThat(json(otp).string("sentTo"))
        .isEqualTo("••• " + account.mobile().orElseThrow().substring(10));
    assertThat(json(otp).string("channel")).isEqualTo("sms");
    assertThat(browser.call("step", null).body()).isEqualTo(otp.body());
    var message = gate.message(account).orElseThrow();
    assertThat(message.to()).isEqualTo(account.mobile().orElseThrow());
    assertThat(otp.body()).doesNotContain(message.code());
    var copy = browser.copy();
    assertThat(next(browser.code(message.code()))).isEqualTo("open");
    assertThat(gate.session(browser)).isPresent();
    assertThat(problem(copy.code(message.code()))).isEqualTo("401 session-ended");
  }

  @Test
  void aCodeGoesByMailWhereThatIsChosenAndAllowed() {
    var account = gate.account(Factor.EMAIL, Optional.empty());
    var browser = browser();
    browser.login(account);
    var otp = browser.password(PASSWORD);
    assertThat(json(otp).string("sentTo")).isEqualTo("j•••@praktijk.example");
    assertThat(gate.message(account).orElseThrow().to()).isEqualTo(account.username());
    gate.later(Duration.ofMinutes(2));
    var noMail = new Browser(gate.handler("EMAIL_CODES", "false"));
    noMail.login(account);
    assertThat(json(noMail.password(PASSWORD)).string("channel")).isEqualTo("sms");
  }

  @Test
  void aCodeIsDeadAfterTenMinutesAndWhenANewerOneIsSent() {
    var account = bySms();
    var browser = atCode(account);
    var first = gate.message(account).orElseThrow().code();
    assertThat(problem(browser.call("otp", null))).isEqualTo("429 too-many-requests");
    gate.later(Duration.ofSeconds(60));
    var again = browser.call("otp", null);
    assertThat(again.status()).as(again.body()).isEqualTo(202);
    assertThat(json(again).names()).containsExactly("channel", "sentTo", "resendAt", "expiresAt");
    assertThat(problem(browser.code(first))).isEqualTo("401 code-incorrect");
    var second = gate.message(account).orElseThrow().code();
    gate.later(Duration.ofMinutes(10));
    assertThat(problem(browser.code(second))).isEqualTo("401 code-incorrect");
    assertThat(gate.now(account).locked()).isFalse();
  }

  @Test
  void threeAStepAndFiveAnHour() {
    var account = bySms();
    var browser = atCode(account);
    for (var i = 0; i < 2; i++) {
      gate.later(Duration.ofSeconds(60));
      assertThat(browser.call("otp", null).status()).isEqualTo(202);
    }
    gate.later(Duration.ofSeconds(60));
    assertThat(browser.call("otp", null).status()).as("a fourth at this step").isEqualTo(429);
    atCode(account);
    gate.later(Duration.ofSeconds(60));
    atCode(account);
    gate.later(Duration.ofSeconds(60));
    var sixth = browser();
    sixth.login(account);
    var refused = sixth.password(PASSWORD);
    assertThat(problem(refused)).isEqualTo("429 too-many-requests");
    assertThat(refused.headers()).containsKey("retry-after");
    gate.later(Duration.ofHours(1));
    assertThat(next(sixth.login(account))).isEqualTo("password");
    assertThat(next(sixth.password(PASSWORD))).isEqualTo("otp");
  }

  @Test
  void waitingForACodeCountsNoPasswordAsWrong() {
    var account = bySms();
    atCode(account);
    for (var i = 0; i < 2 * Tries.PASSWORD.max(); i++) {
      var browser = browser();
      browser.login(account);
      assertThat(problem(browser.password(PASSWORD))).isEqualTo("429 too-many-requests");
    }
    assertThat(gate.now(account).locked()).isFalse();
    gate.later(Duration.ofMinutes(2));
    atCode(account);
  }

  @Test
  void fiveWrongCodesLockOverAllStepsAndARefillDoesNot() {
    var account = bySms();
    var browser = atCode(account);
    for (var i = 1; i < Tries.CODE.max(); i++) {
      assertThat(problem(browser.code(NO_CODE))).isEqualTo("401 code-incorrect");
    }
    gate.later(Duration.ofSeconds(60));
    browser.call("otp", null);
    browser.code(NO_CODE);
    assertThat(gate.now(account).locked()).isTrue();
    var right = gate.message(account).orElseThrow().code();
    assertThat(problem(browser.code(right))).isEqualTo("401 code-incorrect");
    assertThat(gate.session(browser)).isEmpty();
  }

  /// Whatever meets in one moment: no more are judged than five.
  @Test
  void ofParallelGuessesNoMoreThanFiveAreJudged() throws Exception {
    var account = bySms();
    var browser = atCode(account);
    var code = gate.message(account).orElseThrow().code();
    var answers =
        together(
            12,
            i ->
                browser
                    .copy()
                    .code("%06d".formatted((Integer.parseInt(code) + 1 + i) % 1_000_000)));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(401));
    assertThat(gate.now(account).locked()).isTrue();
    assertThat(gate.logins(account))
        .extracting(Attempt::outcome)
        .filteredOn("wrong-code"::equals)
        .hasSize(Tries.CODE.max());
  }

  @Test
  void ofARightCodeSentTwiceAtOnceOneOpens() throws Exception {
    var account = bySms();
    var browser = atCode(account);
    var code = gate.message(account).orElseThrow().code();
    var answers = together(4, _ -> browser.copy().code(code));
    assertThat(answers).extracting(HttpResponse::status).filteredOn(s -> s == 200).hasSize(1);
    assertThat(gate.logins(account))
        .extracting(Attempt::outcome)
        .filteredOn("signed-in"::equals)
        .hasSize(1);
  }

  private static List<HttpResponse> together(int n, IntFunction<HttpResponse> call)
      throws Exception {
    var barrier = new CyclicBarrier(n);
    try (var threads = Executors.newFixedThreadPool(n)) {
      var futures =
          IntStream.range(0, n)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            barrier.await();
                            return call.apply(i);
                          }))
              .toList();
      var answers = new ArrayList<HttpResponse>();
      for (var future : futures) {
        answers.add(future.get());
      }
      return answers;
    }
  }

  @Test
  void aSecondFactorThatIsChosenCountsFromItsFirstRightCodeOn() {
    var account = gate.account(Factor.NONE, Optional.empty());
    var browser = browser();
    browser.login(account);
    browser.password(PASSWORD);
    assertThat(next(browser.factor("sms"))).isEqualTo("otp");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.NONE);
    gate.later(Duration.ofMinutes(2));
    assertThat(next(browser.factor("email"))).as("chosen otherwise").isEqualTo("otp");
    assertThat(gate.message(account).orElseThrow().to()).isEqualTo(account.username());
    assertThat(next(browser.code(gate.message(account).orElseThrow().code()))).isEqualTo("open");
    assertThat(gate.now(account).factor()).isEqualTo(Factor.EMAIL);
  }

  @Test
  void aForgottenPasswordIsReplacedByACodeAndEndsWhatWasOpen() {
    var account = bySms();
    var inside = atCode(account);
    inside.remembered(gate.message(account).orElseThrow().code());
    assertThat(gate.browsers(account)).hasSize(1);
    gate.later(Duration.ofMinutes(2));
    var browser = browser();
    assertThat(browser.forgot(account.username()).body())
        .isEqualTo("{\"next\":\"new-password\",\"code\":true}");
    assertThat(browser.call("step", null).body())
        .isEqualTo("{\"next\":\"new-password\",\"code\":true}");
    var code = gate.message(account).orElseThrow().code();
    assertThat(problem(browser.newPassword(NO_CODE, NEW))).isEqualTo("401 code-incorrect");
    assertThat(problem(browser.newPassword(code, "kort"))).isEqualTo("400 password-too-short");
    assertThat(problem(browser.newPassword(code, "Password1")))
        .isEqualTo("400 password-too-common");
    assertThat(problem(browser.newPassword(code, account.username() + "!")))
        .isEqualTo("400 password-too-common");
    var copy = browser.copy();
    assertThat(next(browser.newPassword(code, NEW))).isEqualTo("password");
    assertThat(problem(copy.newPassword(code, NEW + "!"))).isEqualTo("401 session-ended");
    assertThat(gate.now(account).epoch()).isEqualTo(account.epoch() + 1);
    assertThat(gate.browsers(account)).isEmpty();
    assertThat(problem(browser.password(PASSWORD))).isEqualTo("401 combination-incorrect");
    gate.later(Duration.ofMinutes(2));
    assertThat(next(browser.password(NEW))).isEqualTo("otp");
    assertThat(gate.trail(AuditEvent.account(account.id())))
        .extracting(AuditEvent::action)
        .contains(AuditAction.PASSWORD_CHANGED);
  }

  @Test
  void whetherANameIsKnownIsNotToldByForgetting() {
    var known = browser();
    var unknown = browser();
    var there = known.forgot(bySms().username());
    var nobody = unknown.forgot("nobody.at.all@praktijk.example");
    assertThat(nobody.body()).isEqualTo(there.body());
    assertThat(nobody.headers()).isEqualTo(there.headers());
    assertThat(problem(unknown.newPassword(NO_CODE, NEW)))
        .isEqualTo(problem(known.newPassword(NO_CODE, NEW)));
    assertThat(problem(unknown.newPassword(NO_CODE, "kort")))
        .isEqualTo(problem(known.newPassword(NO_CODE, "kort")));
    assertThat(problem(unknown.call("otp", null))).isEqualTo(problem(known.call("otp", null)));
    assertThat(problem(browser().forgot("nobody.at.all@praktijk.example")))
        .isEqualTo("429 too-many-requests");
  }

  @Test
  void aLockedAccountGetsNoCodeForAnotherPassword() {
    var account = bySms();
    var browser = browser();
    browser.login(account);
    for (var i = 0; i < Tries.PASSWORD.max(); i++) {
      browser.password(WRONG);
    }
    assertThat(next(browser.forgot(account.username()))).isEqualTo("new-password");
    assertThat(gate.message(account)).isEmpty();
  }

  @Test
  void aFirstPasswordIsChosenAtTheFirstVisit() {
    var account = bySms();
    gate.cognito()
        .adminSetUserPassword(
            set ->
                set.userPoolId("UserPool")
                    .username(account.id())
                    .password("voorlopig-2026")
                    .permanent(false));
    var browser = browser();
    browser.login(account);
    assertThat(browser.password("voorlopig-2026").body())
        .isEqualTo("{\"next\":\"new-password\",\"code\":false}");
    assertThat(problem(browser.newPassword(null, "kort"))).isEqualTo("400 password-too-short");
    assertThat(next(browser.newPassword(null, NEW))).isEqualTo("otp");
    assertThat(next(browser.code(gate.message(account).orElseThrow().code()))).isEqualTo("open");
  }

  @Test
  void aPasswordThatStandsAloneIsLonger() {
    var optional = new Browser(gate.handler("SECOND_FACTOR", "optional"));
    var account = bySms();
    optional.forgot(account.username());
    var code = gate.message(account).orElseThrow().code();
    assertThat(problem(optional.newPassword(code, "veertien lang!")))
        .isEqualTo("400 password-too-short");
    assertThat(next(optional.newPassword(code, "vijftien lang!!"))).isEqualTo("password");
  }

  @Test
  void somebodyRegistersAndIsThereWhenTheMobileIsProved() {
    var browser = browser();
    var otp = browser.register("nieuw.arts@praktijk.example", "0470 99 88 77", NEW);
    assertThat(next(otp)).isEqualTo("otp");
    assertThat(json(otp).string("sentTo")).isEqualTo("••• 77");
    assertThat(gate.accounts.named("nieuw.arts@praktijk.example")).isEmpty();
    assertThat(problem(browser.code(NO_CODE))).as("of another kind").isEqualTo("401 session-ended");
    assertThat(problem(browser.verify(NO_CODE))).isEqualTo("401 code-incorrect");
    var message = gate.lastMessage().orElseThrow();
    assertThat(message.to()).isEqualTo("+32470998877");
    assertThat(next(browser.verify(message.code()))).isEqualTo("password");
    var account = gate.accounts.named("nieuw.arts@praktijk.example").orElseThrow();
    assertThat(account.state()).isEqualTo(Account.State.REGISTERED);
    assertThat(account.physicianNumbers()).containsExactly("10012345004");
    assertThat(next(browser.password(NEW))).isEqualTo("choose-factor");
    assertThat(gate.trail(AuditEvent.account(account.id())))
        .extracting(AuditEvent::action)
        .contains(AuditAction.REGISTERED);
  }

  @Test
  void anAddressThatHasAnAccountIsAnsweredAlikeAndItsOwnerIsTold() {
    var owner = bySms();
    var known = browser().register(owner.username(), "0470 99 88 66", NEW);
    var told = gate.message(owner).orElseThrow();
    assertThat(told.channel()).isEqualTo("email");
    assertThat(told.to()).isEqualTo(owner.username());
    var unknown = browser().register("another.one@praktijk.example", "0470 99 88 66", NEW);
    assertThat(known.body()).isEqualTo(unknown.body());
    assertThat(known.headers()).isEqualTo(unknown.headers());
  }

  @Test
  void fiveWrongCodesEndARegistration() {
    var browser = browser();
    browser.register("vijf.fout@praktijk.example", "0470 99 88 55", NEW);
    var code = gate.lastMessage().orElseThrow().code();
    for (var i = 0; i < Tries.CODE.max(); i++) {
      browser.verify(NO_CODE);
    }
    assertThat(problem(browser.verify(code))).isEqualTo("401 code-incorrect");
    assertThat(gate.accounts.named("vijf.fout@praktijk.example")).isEmpty();
  }

  @Test
  void ofTwoWhoWantOneNameOneGetsIt() {
    var first = browser();
    first.register("dubbel@praktijk.example", "0470 99 88 44", NEW);
    var firstCode = gate.lastMessage().orElseThrow().code();
    gate.later(Duration.ofMinutes(1));
    var second = browser();
    second.register("dubbel@praktijk.example", "0470 99 88 33", NEW);
    var secondCode = gate.lastMessage().orElseThrow().code();
    assertThat(next(second.verify(secondCode))).isEqualTo("password");
    assertThat(problem(first.verify(firstCode))).isEqualTo("401 code-incorrect");
  }

  @Test
  void whatCannotBeIsToldByItsField() {
    assertThat(browser().register("no address", "0470 99 88 22", NEW).body())
        .contains("\"parameter\":\"username\"");
    assertThat(browser().register("a@b.example", "03 555 09 00", NEW).body())
        .contains("\"parameter\":\"mobile\"");
    assertThat(browser().register("a@b.example", "+1 202 555 0101", NEW).body())
        .as("where no SMS go")
        .contains("\"parameter\":\"mobile\"");
    assertThat(problem(browser().register("a@b.example", "0470 99 88 22", "kort")))
        .isEqualTo("400 password-too-short");
    assertThat(gate.lastMessage()).isEmpty();
  }

  @Test
  void groupsAreConfirmedEveryThreeMonths() {
    var account = gate.account(Factor.NONE, Optional.empty());
    var group =
        new Group(
            "g" + account.id(),
            "De Linde",
            account.id(),
            List.of(new Group.Member(account.id(), true, Optional.empty())));
    assertThat(
            new DynamoGroups(
                    gate.tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"))
                .create(group))
        .isTrue();
    var browser = new Browser(gate.handler("SECOND_FACTOR", "optional"));
    browser.login(account);
    var answer = browser.password(PASSWORD);
    assertThat(answer.body())
        .isEqualTo(
            "{\"next\":\"confirm-groups\",\"groups\":[{\"id\":\"%s\",\"name\":\"De Linde\",\"members\":[{\"name\":\"Jan Maes\",\"admin\":true,\"primary\":true}]}],\"failedAt\":null}"
                .formatted(group.id()));
    assertThat(gate.session(browser)).as("open already").isPresent();
  }

  @Test
  void nothingThatIsSecretOrPersonalLiesOpenInTheTables() {
    var account = bySms();
    var browser = atCode(account);
    var code = gate.message(account).orElseThrow().code();
    browser().register("geheim.arts@praktijk.example", "0470 11 22 33", NEW);
    var dump = gate.dump("ChallengesTable") + gate.dump("OutboxTable");
    for (var secret :
        Set.of(code, PASSWORD, NEW, "geheim.arts", "470112233", account.mobile().orElseThrow())) {
      assertThat(dump).doesNotContain(secret);
    }
    assertThat(next(browser.code(code))).isEqualTo("open");
  }
}

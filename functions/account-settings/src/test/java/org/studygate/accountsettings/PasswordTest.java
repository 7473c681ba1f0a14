package org.studygate.accountsettings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.account.Account;
import org.studygate.account.Role;
import org.studygate.credential.AwsUserPool;
import org.studygate.credential.TestPool;
import org.studygate.credential.UserPool.Password;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.limit.Tries;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/// Another password, for whoever knows the present one; against DynamoDB Local and moto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PasswordTest {
  private static final String PASSWORD = "een zeer lange zin";
  private static final String OTHER = "een heel nieuwe zin";

  private final TestTables tables = TestTables.start();
  private final TestClock clock = TestClock.at("2026-11-27T10:00:00Z");
  private final People people = new People(tables, clock);
  private TestPool moto;
  private AwsUserPool pool;
  private AccountSettingsHandler handler;
  private Account me;
  private int made;

  @BeforeAll
  void start(@TempDir Path folder) {
    moto = TestPool.start(folder);
    pool =
        new AwsUserPool(
            CognitoIdentityProviderClient.builder()
                .endpointOverride(moto.endpoint())
                .region(tables.region())
                .httpClient(UrlConnectionHttpClient.create())
                .build(),
            TestPool.POOL,
            TestPool.CLIENT);
    var variables = new HashMap<>(People.variables());
    variables.put("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", moto.endpoint().toString());
    handler = new AccountSettingsHandler(TestPlatform.of(clock, tables, variables));
    me = signUp();
  }

  @AfterAll
  void stop() throws Exception {
    moto.close();
    tables.close();
  }

  @BeforeEach
  void somebodyNew() {
    me = signUp();
  }

  private Account signUp() {
    var account = people.active("eva" + ++made, Role.PROFESSIONAL);
    pool.create(account.id(), PASSWORD);
    people.visit(account.id());
    return account;
  }

  @Test
  void theNewOneIsInForceAndWhateverWasOpenIsOver() {
    var elsewhere = people.another(me.id());
    var here = visit();
    clock.advance(Duration.ofMinutes(5));
    var answer = change(here, PASSWORD, OTHER);
    assertThat(answer.status()).isEqualTo(204);
    assertThat(pool.judge(me.id(), OTHER)).isInstanceOf(Password.Right.class);
    assertThat(pool.judge(me.id(), PASSWORD)).isInstanceOf(Password.Wrong.class);
    assertThat(look(here).status()).isEqualTo(401);
    assertThat(look(elsewhere).status()).isEqualTo(401);
    var on = TestEvents.cookie(answer);
    assertThat(look(on).status()).isEqualTo(200);
    assertThat(session(on).expires()).isEqualTo("2026-11-27T22:00:00Z"); // no longer than before
    assertThat(answer.cookies().getFirst()).contains("HttpOnly", "Secure", "SameSite=Strict");
  }

  @Test
  void aWrongPresentOneChangesNothingAndFiveLockTheAccount() {
    for (var i = 1; i < Tries.PASSWORD.max(); i++) {
      assertThat(change(visit(), "een andere zin", OTHER).body()).contains("combination-incorrect");
    }
    assertThat(look(visit()).status()).isEqualTo(200);
    assertThat(change(visit(), PASSWORD, OTHER).status()).isEqualTo(204); // the run ends
    people.visit(me.id());
    for (var i = 0; i < Tries.PASSWORD.max(); i++) {
      assertThat(change(visit(), PASSWORD, "een derde lange zin").status()).isEqualTo(401);
    }
    assertThat(people.accounts.find(me.id()).orElseThrow().locked()).isTrue();
    assertThat(look(visit()).status()).isEqualTo(401);
    assertThat(pool.judge(me.id(), OTHER)).isInstanceOf(Password.Right.class);
  }

  @Test
  void whatManyHaveIsShortOrHoldsTheNameIsRefusedBeforeAnythingIsCounted() {
    for (var i = 0; i < 2; i++) {
      assertThat(change(visit(), PASSWORD, "kort").body()).contains("password-too-short");
      assertThat(change(visit(), PASSWORD, "password1234").body()).contains("password-too-common");
      assertThat(change(visit(), PASSWORD, me.username() + "!").body())
          .contains("password-too-common");
      assertThat(change(visit(), PASSWORD, "x".repeat(257)).status()).isEqualTo(400);
    }
    for (var body :
        List.of("{}", "{\"current\":\"x\"}", "{\"current\":\"x\",\"password\":\"y\",\"z\":1}")) {
      assertThat(send(visit(), body).status()).as(body).isEqualTo(400);
    }
    assertThat(change(visit(), PASSWORD, OTHER).status()).isEqualTo(204);
  }

  @Test
  void whoIsSignedInByOthersHasNoPasswordHere() {
    var plain = People.account("fed" + made, Role.PROFESSIONAL, Account.State.ACTIVE);
    var federated =
        people.put(
            new Account(
                plain.id(),
                plain.username(),
                plain.name(),
                plain.gender(),
                plain.language(),
                plain.role(),
                plain.department(),
                plain.state(),
                false,
                0,
                plain.groups(),
                plain.factor(),
                plain.mobile(),
                plain.workPhone(),
                plain.physicianNumbers(),
                plain.privacy(),
                plain.mailDefaults(),
                Optional.of("AZ Noord"),
                Optional.empty()));
    var answer = change(people.visit(federated.id()), PASSWORD, OTHER);
    assertThat(AccountTest.Said.of(answer))
        .isEqualTo(AccountTest.Said.refused(409, "read-only", "password"));
  }

  private org.studygate.session.Session session(Token token) {
    return new DynamoSessions(tables.client(), "SessionsTable")
        .find(token.hash(), clock.instant())
        .orElseThrow();
  }

  private Token visit() {
    return new Token("visit-of-" + me.id());
  }

  private HttpResponse look(Token token) {
    return handler.answer(TestEvents.cookie(TestEvents.read("account-settings", "look"), token));
  }

  private HttpResponse change(Token token, String current, String password) {
    return send(token, "{\"current\":\"" + current + "\",\"password\":\"" + password + "\"}");
  }

  private HttpResponse send(Token token, String body) {
    var event = TestEvents.cookie(TestEvents.read("account-settings", "password"), token);
    return handler.answer(TestEvents.body(event, body));
  }
}

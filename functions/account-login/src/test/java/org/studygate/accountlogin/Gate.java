package org.studygate.accountlogin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.Factor;
import org.studygate.account.Role;
import org.studygate.account.TestAccounts;
import org.studygate.audit.Actor;
import org.studygate.audit.AuditAction;
import org.studygate.audit.AuditEvent;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.credential.TestPool;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TableDump;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.http.TestEvents;
import org.studygate.json.JsonObject;
import org.studygate.notice.Seal;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.settings.Attempt;
import org.studygate.settings.DynamoSettings;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;

/// Everything behind the function, and browsers in front of it.
final class Gate {
  static final String PASSWORD = "een zeer lange zin";
  static final String WRONG = "een andere lange zin";

  final TestTables tables = TestTables.start();
  final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  final TestPool pool;
  final DynamoAccounts accounts = new DynamoAccounts(tables.client(), "AccountsTable");
  private final DynamoSettings settings;
  private final CognitoIdentityProviderClient cognito;
  private int made;

  Gate(Path folder) {
    this.pool = TestPool.start(folder);
    this.cognito =
        CognitoIdentityProviderClient.builder()
            .endpointOverride(pool.endpoint())
            .region(tables.region())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    this.settings =
        new DynamoSettings(
            tables.client(),
            new DynamoSettings.Tables(
                "AccountsTable", "GroupsTable", "SessionsTable", "OutboxTable"),
            new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom())));
  }

  /// A window of its own for each test's limits, and the pool's clock beside ours.
  void next() {
    clock.advance(Duration.ofHours(2));
    pool.at(clock.instant());
  }

  void later(Duration by) {
    clock.advance(by);
    pool.at(clock.instant());
  }

  Map<String, String> variables() {
    var all = new HashMap<String, String>();
    for (var table :
        List.of("ACCOUNTS", "CHALLENGES", "SESSIONS", "LIMITS", "OUTBOX", "AUDIT", "GROUPS")) {
      all.put(
          table + "_TABLE",
          table.charAt(0) + table.substring(1).toLowerCase(java.util.Locale.ROOT) + "Table");
    }
    all.put("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", pool.endpoint().toString());
    all.put("USER_POOL_ID", TestPool.POOL);
    all.put("USER_POOL_CLIENT", TestPool.CLIENT);
    all.put("SECOND_FACTOR", "mandatory");
    all.put("EMAIL_CODES", "true");
    all.put("MOBILE_PREFIXES", "+32 +31");
    all.put("SIGN_IN_ORIGIN", "http://127.0.0.1:1");
    all.put("POOL_ISSUER", "http://127.0.0.1:1");
    all.put("FEDERATED_DOMAINS", "");
    return all;
  }

  AccountLoginHandler handler(String... more) {
    var variables = variables();
    for (var i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return new AccountLoginHandler(TestPlatform.of(clock, tables, variables));
  }

  /// Somebody who can sign in; `totp` is the secret of the app, if there is one.
  Account account(Factor factor, Optional<String> totp) {
    return account(factor, totp, Account.State.ACTIVE);
  }

  Account account(Factor factor, Optional<String> totp, Account.State state) {
    return account("praktijk.example", factor, totp, state);
  }

  Account account(String domain, Factor factor, Optional<String> totp, Account.State state) {
    made++;
    var id = "%032x".formatted(made);
    var plain = TestAccounts.account(id, Role.PROFESSIONAL, Optional.empty(), state);
    var account =
        new Account(
            id,
            "jan.maes" + made + "@" + domain,
            plain.name(),
            plain.gender(),
            plain.language(),
            plain.role(),
            plain.department(),
            state,
            false,
            0,
            plain.groups(),
            factor,
            Optional.of("+3247000%04d".formatted(made)),
            plain.workPhone(),
            plain.physicianNumbers(),
            plain.privacy(),
            plain.mailDefaults(),
            plain.provider(),
            plain.failedAt());
    assertThat(accounts.create(account)).isTrue();
    cognito.adminCreateUser(
        user -> {
          user.userPoolId(TestPool.POOL).username(id);
          totp.ifPresent(
              secret ->
                  user.userAttributes(
                      AttributeType.builder().name("custom:totp").value(secret).build()));
        });
    cognito.adminSetUserPassword(
        set -> set.userPoolId(TestPool.POOL).username(id).password(PASSWORD).permanent(true));
    return account;
  }

  /// The newest message to an account that waits in the outbox.
  Optional<Told> message(Account account) {
    return messages().stream()
        .filter(one -> one.trail().equals(AuditEvent.account(account.id())))
        .reduce((_, last) -> last);
  }

  /// The newest of the last hour to whomever.
  Optional<Told> lastMessage() {
    return messages().stream()
        .filter(one -> one.created() > clock.instant().minus(Duration.ofMinutes(30)).toEpochMilli())
        .reduce((_, last) -> last);
  }

  record Told(String trail, long created, String channel, String to, String code) {}

  private List<Told> messages() {
    var seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
    return tables.client().scan(scan -> scan.tableName("OutboxTable")).items().stream()
        .map(Item::of)
        .map(
            item -> {
              var json =
                  JsonObject.parse(
                      seal.open(item.text("message_id"), item.text("sealed"))
                          .getBytes(StandardCharsets.UTF_8));
              return new Told(
                  item.text("trail"),
                  item.number("created"),
                  item.text("channel"),
                  json.string("to"),
                  json.optionalString("code").orElse(""));
            })
        .sorted(Comparator.comparing(Told::created))
        .toList();
  }

  String dump(String table) {
    return TableDump.of(tables.client(), table);
  }

  CognitoIdentityProviderClient cognito() {
    return cognito;
  }

  Account now(Account account) {
    return accounts.find(account.id()).orElseThrow();
  }

  List<Attempt> logins(Account account) {
    return settings.attempts(account.id(), 100);
  }

  List<org.studygate.settings.Browser> browsers(Account account) {
    return settings.browsers(account.id(), now(account).epoch(), clock.instant());
  }

  void forget(Account account) {
    for (var browser : browsers(account)) {
      var event =
          new AuditEvent(
              AuditEvent.account(account.id()),
              clock.instant(),
              new Actor.Professional(account.id()),
              AuditAction.SIGNED_OUT,
              "browser",
              "test");
      assertThat(settings.forget(account.id(), browser.id(), event)).isTrue();
    }
  }

  List<AuditEvent> trail(String trail) {
    return new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()))
        .read(trail, Optional.empty(), 100)
        .events();
  }

  Optional<Session> session(Browser browser) {
    return new DynamoSessions(tables.client(), "SessionsTable")
        .find(new Tokens.Token(browser.cookie("session")).hash(), clock.instant());
  }

  void close() throws Exception {
    cognito.close();
    pool.close();
    tables.close();
  }

  /// One that keeps its cookies.
  static final class Browser {
    private final AccountLoginHandler handler;
    private final Map<String, String> cookies = new HashMap<>();
    private String address = "192.0.2.1";

    Browser(AccountLoginHandler handler) {
      this.handler = handler;
    }

    Browser from(String other) {
      address = other;
      return this;
    }

    /// Another that knows the same cookies.
    Browser copy() {
      var copy = new Browser(handler).from(address);
      copy.cookies.putAll(cookies);
      return copy;
    }

    String cookie(String name) {
      return cookies.getOrDefault("__Host-" + name, "");
    }

    Browser keeping(String name) {
      var kept = cookies.get("__Host-" + name);
      var other = new Browser(handler);
      other.cookies.put("__Host-" + name, String.valueOf(kept));
      return other;
    }

    void set(String name, String value) {
      cookies.put("__Host-" + name, value);
    }

    HttpResponse call(String event, @Nullable String body) {
      var read = TestEvents.read("account-login", event);
      var headers = new HashMap<>(read.headers());
      headers.put(
          "user-agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");
      var held = new ArrayList<String>();
      cookies.forEach((name, value) -> held.add(name + "=" + value));
      var answer =
          handler.answer(
              new HttpRequest(
                  read.route(),
                  read.path(),
                  read.rawQuery(),
                  headers,
                  held,
                  read.pathParameters(),
                  address,
                  read.requestId(),
                  body == null ? read.body() : body));
      for (var cookie : answer.cookies()) {
        var equals = cookie.indexOf('=');
        cookies.put(cookie.substring(0, equals), cookie.substring(equals + 1, cookie.indexOf(';')));
      }
      return answer;
    }

    HttpResponse login(Account account) {
      return login(account.username());
    }

    HttpResponse login(String username) {
      return call("login", "{\"username\":\"%s\"}".formatted(username));
    }

    HttpResponse password(String password) {
      return call("password", "{\"password\":\"%s\"}".formatted(password));
    }

    HttpResponse code(String code) {
      return call("challenge", "{\"code\":\"%s\"}".formatted(code));
    }

    HttpResponse remembered(String code) {
      return call("challenge", "{\"code\":\"%s\",\"rememberBrowser\":true}".formatted(code));
    }

    HttpResponse forgot(String username) {
      return call("forgot", "{\"username\":\"%s\"}".formatted(username));
    }

    HttpResponse newPassword(@Nullable String code, String password) {
      var shown = code == null ? "" : "\"code\":\"%s\",".formatted(code);
      return call("new-password", "{%s\"password\":\"%s\"}".formatted(shown, password));
    }

    HttpResponse register(String username, String mobile, String password) {
      return call(
          "register",
          """
          {"givenName":"Nina","familyName":"Nieuw","username":"%s","mobile":"%s",
           "physicianNumber":"1-00-12345-004","language":"nl","password":"%s"}
          """
              .formatted(username, mobile, password));
    }

    HttpResponse verify(String code) {
      return call("verify", "{\"code\":\"%s\"}".formatted(code));
    }

    HttpResponse back(String code, String state) {
      return call("return", "{\"code\":\"%s\",\"state\":\"%s\"}".formatted(code, state));
    }

    HttpResponse factor(String factor) {
      return call("factor", "{\"factor\":\"%s\"}".formatted(factor));
    }
  }

  static JsonObject json(HttpResponse answer) {
    return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  static String next(HttpResponse answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return json(answer).string("next");
  }

  static String problem(HttpResponse answer) {
    return answer.status() + " " + json(answer).string("code");
  }
}

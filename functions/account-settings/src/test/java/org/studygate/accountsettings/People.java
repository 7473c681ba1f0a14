package org.studygate.accountsettings;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.TestHospital;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.account.Factor;
import org.studygate.account.Group;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.audit.AuditEvent;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.notice.Message;
import org.studygate.notice.NoteMessage;
import org.studygate.notice.Seal;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens.Token;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;

/// Accounts, groups and open visits for tests, in real tables.
final class People {
  final DynamoAccounts accounts;
  final DynamoGroups groups;
  private final DynamoSessions sessions;
  private final TestTables tables;
  private final TestClock clock;

  People(TestTables tables, TestClock clock) {
    this.accounts = new DynamoAccounts(tables.client(), "AccountsTable");
    this.groups =
        new DynamoGroups(tables.client(), new DynamoGroups.Tables("GroupsTable", "AccountsTable"));
    this.sessions = new DynamoSessions(tables.client(), "SessionsTable");
    this.tables = tables;
    this.clock = clock;
  }

  static Map<String, String> variables() {
    var variables = new HashMap<>(TestHospital.variables());
    variables.put("ACCOUNTS_TABLE", "AccountsTable");
    variables.put("GROUPS_TABLE", "GroupsTable");
    variables.put("USER_POOL_ID", "UserPool");
    variables.put("USER_POOL_CLIENT", "UserPoolClient");
    variables.put("SERVICE_DESK_EMAIL", "desk@studygate.example");
    return variables;
  }

  static Account account(String id, Role role, Account.State state) {
    return new Account(
        id,
        id + "@example.org",
        new Account.Name("Maes", "Jan " + id),
        Optional.empty(),
        "nl",
        role,
        role.ofDepartment() ? Optional.of("noord") : Optional.empty(),
        state,
        false,
        0,
        Set.of(),
        Factor.TOTP,
        Optional.of("+32470123456"),
        Optional.empty(),
        List.of("10012345004"),
        Account.Privacy.FIRST,
        Account.MailDefaults.FIRST,
        Optional.empty(),
        Optional.empty());
  }

  /// Somebody new with an account in force.
  Account active(String id, Role role) {
    return put(account(id, role, Account.State.ACTIVE));
  }

  Account put(Account account) {
    if (!accounts.create(account)) {
      throw new IllegalStateException("there already: " + account.id());
    }
    return account;
  }

  Mapping mapping(String id, String account, String department) {
    var mapping =
        new Mapping(
            id, account, department, "Dr. J. Maes", "10012345004", Optional.empty(), false, true);
    accounts.map(mapping);
    return mapping;
  }

  void group(String id, String primary, Group.Member... members) {
    if (!groups.create(new Group(id, "Groep " + id, primary, List.of(members)))) {
      throw new IllegalStateException("there already: " + id);
    }
  }

  /// A visit of this account, begun now: its cookie.
  Token visit(String account) {
    return begin(new Token("visit-of-" + account), account);
  }

  /// The same in another browser.
  Token another(String account) {
    return begin(new Token("another-of-" + account), account);
  }

  private Token begin(Token token, String account) {
    sessions.end(token.hash());
    var epoch = accounts.find(account).orElseThrow().epoch();
    sessions.begin(
        Session.begin(token.hash(), new Subject.OfAccount(account), epoch, "", clock.instant()));
    return token;
  }

  /// What waits in the outbox and is told in the trail of an account, the oldest first.
  List<NoteMessage> notes(String account) {
    var seal = new Seal(new Pepper(new TestSecrets(), "pepper"), new SecureRandom());
    return tables
        .client()
        .scan(scan -> scan.tableName("OutboxTable").consistentRead(true))
        .items()
        .stream()
        .map(Item::of)
        .filter(item -> item.text("trail").equals(AuditEvent.account(account)))
        .sorted(Comparator.comparing((Item item) -> item.time("created")))
        .map(item -> Message.parse(seal.open(item.text("message_id"), item.text("sealed"))))
        .map(NoteMessage.class::cast)
        .toList();
  }
}

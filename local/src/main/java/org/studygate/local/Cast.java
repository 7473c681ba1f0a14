package org.studygate.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Factor;
import org.studygate.account.Group;
import org.studygate.account.Groups;
import org.studygate.account.Mapping;
import org.studygate.account.Role;
import org.studygate.json.JsonObject;

/// Who can sign in on this machine (`local/demo/accounts.json`): somebody of every role, there with
/// and without a demo, as the departments are.
final class Cast {
  private final JsonObject json;
  private final Accounts accounts;
  private final Groups groups;
  private final UserPool pool;
  private final Clock clock;

  /// Where passwords and the secrets of authenticator apps are kept.
  interface UserPool {
    void put(Account account, String password, Optional<String> totpSecret);
  }

  Cast(Path root, Accounts accounts, Groups groups, UserPool pool, Clock clock) throws IOException {
    this.json = JsonObject.parse(Files.readAllBytes(root.resolve("local/demo/accounts.json")));
    this.accounts = accounts;
    this.groups = groups;
    this.pool = pool;
    this.clock = clock;
  }

  /// Whoever is there already stays as he is.
  void come() {
    for (var one : json.objects("accounts")) {
      var account = account(one);
      if (accounts.create(account)) {
        for (var mapping : mappings(one, account)) {
          accounts.map(mapping);
        }
      }
      if (!federated(one)) {
        pool.put(account, json.string("password"), one.optionalString("totpSecret"));
      }
    }
    for (var group : json.objects("groups")) {
      groups.create(group(group));
    }
  }

  private static boolean federated(JsonObject one) {
    return one.bool("federated", false);
  }

  /// Whom the demo's hospital signs in: one with an account and one without.
  static List<DemoProvider.Person> ofHospital() {
    return List.of(
        new DemoProvider.Person(
            "oost-1001", "Dirk Van Damme", "dirk.vandamme@" + DemoProvider.DOMAIN),
        new DemoProvider.Person(
            "oost-1002", "Mia Zonder, who has no account", "mia.zonder@" + DemoProvider.DOMAIN));
  }

  private static Account account(JsonObject one) {
    return new Account(
        one.string("id"),
        one.string("username"),
        new Account.Name(one.string("familyName"), one.string("givenName")),
        one.optionalString("gender"),
        one.string("language"),
        Role.of(one.string("role")),
        one.optionalString("department"),
        one.string("state").equals("disabled") ? Account.State.DISABLED : Account.State.ACTIVE,
        false,
        0,
        Set.of(),
        Factor.of(one.string("factor")),
        one.optionalString("mobile"),
        Optional.empty(),
        one.optionalString("physicianNumber").stream().toList(),
        Account.Privacy.FIRST,
        Account.MailDefaults.FIRST,
        Optional.empty(),
        Optional.empty());
  }

  private static List<Mapping> mappings(JsonObject one, Account account) {
    var all = new ArrayList<Mapping>();
    for (var mapping : one.objects("mappings")) {
      var department = mapping.string("department");
      all.add(
          new Mapping(
              account.id() + "-" + department,
              account.id(),
              department,
              account.name().family() + " " + account.name().given(),
              one.string("physicianNumber"),
              mapping.optionalString("group"),
              true,
              true));
    }
    return all;
  }

  private Group group(JsonObject group) {
    var members = new ArrayList<Group.Member>();
    for (var member : group.objects("members")) {
      members.add(
          new Group.Member(
              member.string("account"),
              member.bool("admin", false),
              member.bool("confirmed", false) ? Optional.of(clock.instant()) : Optional.empty()));
    }
    return new Group(
        group.string("id"),
        group.string("name"),
        group.string("primary"),
        group.bool("public", false),
        Group.MailOnShare.of(group.optionalString("mailOnShare").orElse("primary")),
        members);
  }

  /// For the start page, and for whoever wants to try: nobody here is real.
  List<Map<String, String>> all() {
    var all = new ArrayList<Map<String, String>>();
    for (var one : json.objects("accounts")) {
      if (federated(one)) {
        continue; // has no password; the hospital's own page shows who there is
      }
      var account = new LinkedHashMap<String, String>();
      account.put("username", one.string("username"));
      account.put("password", json.string("password"));
      account.put("role", one.string("role"));
      account.put("department", one.optionalString("department").orElse(""));
      account.put("totpSecret", one.optionalString("totpSecret").orElse(""));
      for (var field : List.of("mobile", "physicianNumber", "state", "factor", "what")) {
        account.put(field, one.optionalString(field).orElse(""));
      }
      account.put("name", account(one).name().whole());
      all.add(account);
    }
    return all;
  }
}

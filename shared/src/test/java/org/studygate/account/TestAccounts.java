package org.studygate.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Accounts of tests.
public final class TestAccounts {
  private TestAccounts() {}

  public static Account professional(String id) {
    return account(id, Role.PROFESSIONAL, Optional.empty());
  }

  /// Staff or admin of a department.
  public static Account of(String department, String id, Role role) {
    return account(id, role, Optional.of(department));
  }

  public static Account serviceDesk(String id) {
    return account(id, Role.SERVICE_DESK, Optional.empty());
  }

  private static Account account(String id, Role role, Optional<String> department) {
    return account(id, role, department, Account.State.ACTIVE);
  }

  public static Account account(
      String id, Role role, Optional<String> department, Account.State state) {
    return new Account(
        id,
        id + "@example.org",
        new Account.Name("Maes", "Jan"),
        Optional.empty(),
        "nl",
        role,
        department,
        state,
        false,
        0,
        Set.of(),
        Factor.TOTP,
        Optional.of("+32470000001"),
        Optional.empty(),
        List.of("10012345004"),
        Account.Privacy.FIRST,
        Account.MailDefaults.FIRST,
        Optional.empty(),
        Optional.empty());
  }
}

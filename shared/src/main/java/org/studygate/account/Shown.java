package org.studygate.account;

import java.util.List;
import java.util.Optional;

/// What others see of an account when they look for somebody: what its owner's switches let, and
/// nothing at all of one that is not in force. Said here alone.
///
/// @param numbers physician numbers, with the switch of the contact alone
/// @param language in which mails are written to this one
/// @param hasMobile whether a code can be sent to this one, wherever it goes
public record Shown(
    String account,
    Account.Name name,
    List<String> numbers,
    Optional<String> email,
    Optional<String> mobile,
    String language,
    boolean hasMobile) {
  public Shown {
    numbers = List.copyOf(numbers);
  }

  public static Optional<Shown> of(Account account) {
    return whenUnlocked(account).filter(_ -> !account.locked());
  }

  /// What will be seen again when a lock is gone.
  static Optional<Shown> whenUnlocked(Account account) {
    var lets = account.privacy();
    var email = Optional.of(account.username()).filter(_ -> lets.email());
    var mobile = account.mobile().filter(_ -> lets.mobile());
    var seen = lets.contact() || email.isPresent() || mobile.isPresent();
    if (!seen || account.state() != Account.State.ACTIVE) {
      return Optional.empty();
    }
    return Optional.of(
        new Shown(
            account.id(),
            account.name(),
            lets.contact() ? account.physicianNumbers() : List.of(),
            email,
            mobile,
            account.language(),
            account.mobile().isPresent()));
  }

  @Override
  public String toString() {
    return "Shown[" + account + "]";
  }
}

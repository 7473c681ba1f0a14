package org.studygate.sharing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.studygate.access.Principal;
import org.studygate.account.Account;
import org.studygate.account.Accounts;
import org.studygate.account.Group;
import org.studygate.account.Groups;
import org.studygate.department.Department;
import org.studygate.department.Departments;
import org.studygate.department.Verification;
import org.studygate.dynamo.Together;
import org.studygate.notice.MailAddress;
import org.studygate.notice.Mobile;

/// Who is meant, and whom a mail goes to.
public final class Recipients {
  public static final int MOST = 10;

  private final Accounts accounts;
  private final Groups groups;
  private final Departments departments;

  public Recipients(Accounts accounts, Groups groups, Departments departments) {
    this.accounts = accounts;
    this.groups = groups;
    this.departments = departments;
  }

  /// A recipient as it is.
  ///
  /// @param recipient a typed one as it is reached
  /// @param name what it is called
  /// @param people who gets a mail, if there is one
  public record Known(Asked.To asked, Recipient recipient, String name, List<Account> people) {
    public Known {
      people = List.copyOf(people);
    }

    /// What opens it besides number and date of birth, of a typed one.
    Verification verification() {
      return switch (recipient) {
        case Recipient.Email _ -> Verification.OTP_EMAIL;
        case Recipient.Mobile _ -> Verification.OTP_SMS;
        case Recipient.Account _, Recipient.Group _, Recipient.Department _ ->
            asked.twoFactor() ? Verification.OTP_SMS : Verification.DATE_OF_BIRTH;
      };
    }

    @Override
    public String toString() {
      return "Known[…]";
    }
  }

  public sealed interface Outcome {
    /// @param by who shares
    record All(Account by, List<Known> recipients) implements Outcome {
      public All {
        recipients = List.copyOf(recipients);
      }
    }

    record Wrong(Fault.Wrong wrong) implements Outcome {}
  }

  /// What was read of all of them, at once.
  private record Read(
      Map<String, Account> accounts, Map<String, Group> groups, Map<String, Department> houses) {}

  public Outcome find(Principal.Professional who, List<Asked.To> asked, Department from) {
    if (asked.isEmpty()) {
      return new Outcome.Wrong(Fault.RECIPIENT_MISSING.wrong());
    }
    if (asked.size() > MOST) {
      return new Outcome.Wrong(Fault.TOO_MANY_RECIPIENTS.wrong());
    }
    var read = read(who, asked);
    var found = new ArrayList<Known>();
    var seen = new HashSet<Recipient>();
    for (var i = 0; i < asked.size(); i++) {
      switch (find(who, asked.get(i), from, read)) {
        case One.Is(var known) -> {
          if (!seen.add(known.recipient())) {
            return new Outcome.Wrong(Fault.RECIPIENT_TWICE.of(i));
          }
          found.add(known);
        }
        case One.Not(var fault) -> {
          return new Outcome.Wrong(fault.of(i));
        }
      }
    }
    return Optional.ofNullable(read.accounts().get(who.account()))
        .<Outcome>map(by -> new Outcome.All(by, found))
        .orElseThrow(() -> new IllegalStateException("an account without a profile"));
  }

  private sealed interface One {
    record Is(Known known) implements One {}

    record Not(Fault fault) implements One {}
  }

  private Read read(Principal.Professional who, List<Asked.To> asked) {
    var people = new HashSet<>(Set.of(who.account()));
    var practices = new HashSet<String>();
    var houses = new HashSet<String>();
    for (var one : asked) {
      switch (one.recipient()) {
        case Recipient.Account(var id) -> people.add(id);
        case Recipient.Group(var id) -> practices.add(id);
        case Recipient.Department(var id) -> houses.add(id);
        case Recipient.Email _, Recipient.Mobile _ -> {} // reached as typed
      }
    }
    var found = groups(practices);
    found.values().forEach(group -> people.addAll(mailed(group)));
    return new Read(
        accounts.each(people),
        found,
        houses.stream()
            .flatMap(id -> departments.find(id).stream())
            .collect(Collectors.toMap(Department::id, house -> house)));
  }

  private Map<String, Group> groups(Set<String> ids) {
    var found = new LinkedHashMap<String, Group>();
    Together.each(ids, groups::find).stream()
        .flatMap(Optional::stream)
        .forEach(group -> found.put(group.id(), group));
    return found;
  }

  /// Of a group's members those who get its mails.
  private static List<String> mailed(Group group) {
    return switch (group.mailOnShare()) {
      case ALL -> group.members().stream().map(Group.Member::account).toList();
      case PRIMARY -> List.of(group.primary());
    };
  }

  private static One find(Principal.Professional who, Asked.To asked, Department from, Read read) {
    return switch (asked.recipient()) {
      case Recipient.Account(var id) ->
          account(who, asked, Optional.ofNullable(read.accounts().get(id)));
      case Recipient.Group(var id) ->
          Optional.ofNullable(read.groups().get(id))
              .<One>map(group -> new One.Is(group(asked, group, read)))
              .orElseGet(() -> new One.Not(Fault.RECIPIENT_UNKNOWN));
      case Recipient.Department(var id) ->
          Optional.ofNullable(read.houses().get(id))
              .<One>map(
                  house -> new One.Is(new Known(asked, asked.recipient(), house.name(), List.of())))
              .orElseGet(() -> new One.Not(Fault.RECIPIENT_UNKNOWN));
      case Recipient.Email(var address) -> email(asked, address, from);
      case Recipient.Mobile(var number) -> mobile(asked, number, from);
    };
  }

  private static One account(Principal.Professional who, Asked.To asked, Optional<Account> found) {
    var account = found.filter(Recipients::sees).orElse(null);
    if (account == null) {
      return new One.Not(Fault.RECIPIENT_UNKNOWN);
    }
    if (account.id().equals(who.account())) {
      return new One.Not(Fault.RECIPIENT_IS_ONESELF);
    }
    if (asked.twoFactor() && account.mobile().isEmpty()) {
      return new One.Not(Fault.RECIPIENT_WITHOUT_MOBILE);
    }
    return new One.Is(
        new Known(asked, asked.recipient(), account.name().whole(), List.of(account)));
  }

  /// Whether this one may see anything.
  static boolean sees(Account account) {
    return account.state() == Account.State.ACTIVE && account.live();
  }

  private static Known group(Asked.To asked, Group group, Read read) {
    var people =
        mailed(group).stream()
            .flatMap(id -> Optional.ofNullable(read.accounts().get(id)).stream())
            .filter(Recipients::sees)
            .toList();
    return new Known(asked, asked.recipient(), group.name(), people);
  }

  private static One email(Asked.To asked, String typed, Department from) {
    var address = MailAddress.read(typed);
    if (address.isEmpty()) {
      return new One.Not(Fault.NOT_AN_EMAIL);
    }
    return from.policy().sends(Verification.OTP_EMAIL)
        ? new One.Is(new Known(asked, new Recipient.Email(address.get()), address.get(), List.of()))
        : new One.Not(Fault.VERIFICATION_NOT_ALLOWED);
  }

  private static One mobile(Asked.To asked, String typed, Department from) {
    var policy = from.policy();
    var number = Mobile.read(typed, policy.countryPrefixes());
    if (number.isEmpty()) {
      return new One.Not(Fault.NOT_A_MOBILE);
    }
    if (!policy.maySendTo(number.get())) {
      return new One.Not(Fault.COUNTRY_NOT_ALLOWED);
    }
    return policy.sends(Verification.OTP_SMS)
        ? new One.Is(new Known(asked, new Recipient.Mobile(number.get()), number.get(), List.of()))
        : new One.Not(Fault.VERIFICATION_NOT_ALLOWED);
  }
}

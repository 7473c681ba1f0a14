package org.studygate.account;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Somebody with an account: a professional, staff of a department, or the service desk. Passwords
/// and the secrets of authenticator apps are not here; the user pool keeps them.
///
/// @param username the mail address with which one signs in, in small letters
/// @param department whom staff and admins work for
/// @param locked too many passwords or codes were wrong in a row; the service desk unlocks it
/// @param epoch rises with whatever ends its visits: a lock, another password, its end
/// @param groups read at each request, so that joining and leaving copy nothing
/// @param provider who signs a federated account in; it has no password here
/// @param failedAt the last attempt since the last good one that was refused
public record Account(
    String id,
    String username,
    Name name,
    Optional<String> gender,
    String language,
    Role role,
    Optional<String> department,
    State state,
    boolean locked,
    long epoch,
    Set<String> groups,
    Factor factor,
    Optional<String> mobile,
    Optional<String> workPhone,
    List<String> physicianNumbers,
    Privacy privacy,
    MailDefaults mailDefaults,
    Optional<String> provider,
    Optional<Instant> failedAt) {
  public Account {
    groups = Set.copyOf(groups);
    physicianNumbers = List.copyOf(physicianNumbers);
    if (role.ofDepartment() != department.isPresent()) {
      throw new IllegalArgumentException("staff are of a department, others of none");
    }
  }

  /// How far an account has come.
  public enum State {
    /// The service desk has still to look at the physician number: nothing flows yet.
    REGISTERED("registered"),
    ACTIVE("active"),
    DISABLED("disabled");

    private final String code;

    State(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static State of(String code) {
      for (var state : values()) {
        if (state.code.equals(code)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no such state");
    }
  }

  public record Name(String family, String given) {
    /// How it is looked up: the family name first, in plain small letters.
    public String key() {
      return key(family + ' ' + given);
    }

    /// What somebody types as the beginning of a name, likewise.
    public static String key(String typed) {
      var letters =
          Normalizer.normalize(typed, Normalizer.Form.NFKD)
              .replaceAll("\\p{M}", "")
              .toLowerCase(Locale.ROOT);
      var plain = new StringBuilder();
      for (var at = 0; at < letters.length(); at++) {
        plain.append(plain(letters.charAt(at)));
      }
      return plain.toString().replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    /// What Unicode holds for letters of their own, and a keyboard elsewhere does not have.
    private static String plain(char letter) {
      return switch (letter) {
        case 'ø' -> "o";
        case 'ł' -> "l";
        case 'đ', 'ð' -> "d";
        case 'ħ' -> "h";
        case 'ı' -> "i";
        case 'ß' -> "ss";
        case 'æ' -> "ae";
        case 'œ' -> "oe";
        case 'þ' -> "th";
        default -> String.valueOf(letter);
      };
    }

    public String whole() {
      return (given + ' ' + family).strip();
    }

    @Override
    public String toString() {
      return "Name[…]";
    }
  }

  /// What other users find of somebody who is looked for; with none of them nobody is found.
  public record Privacy(boolean contact, boolean email, boolean mobile) {
    public static final Privacy FIRST = new Privacy(true, false, false);
  }

  /// What mails a new mapping begins with.
  public record MailDefaults(boolean onStudy, boolean onReport) {
    public static final MailDefaults FIRST = new MailDefaults(false, true);
  }

  /// The same account as it is after a change of what others find of it.
  public Account with(State state, List<String> physicianNumbers, Privacy privacy) {
    return new Account(
        id,
        username,
        name,
        gender,
        language,
        role,
        department,
        state,
        locked,
        epoch,
        groups,
        factor,
        mobile,
        workPhone,
        physicianNumbers,
        privacy,
        mailDefaults,
        provider,
        failedAt);
  }

  /// Whether a visit may go on at all: it sees what the state lets flow.
  public boolean live() {
    return state != State.DISABLED && !locked;
  }

  @Override
  public String toString() {
    return "Account[" + id + "]";
  }
}

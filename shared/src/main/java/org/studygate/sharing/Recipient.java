package org.studygate.sharing;

import java.util.Optional;
import org.studygate.access.Grant;

/// To whom something is given.
public sealed interface Recipient {
  /// As it is told to who shares.
  String kind();

  /// Its id, or where it is reached.
  String named();

  /// Whose rows are written; empty of whoever has no account, and gets a number instead.
  default Optional<String> principal() {
    return Optional.empty();
  }

  record Account(String id) implements Recipient {
    @Override
    public String kind() {
      return "user";
    }

    @Override
    public String named() {
      return id;
    }

    @Override
    public Optional<String> principal() {
      return Optional.of(Grant.ofAccount(id));
    }
  }

  record Group(String id) implements Recipient {
    @Override
    public String kind() {
      return "group";
    }

    @Override
    public String named() {
      return id;
    }

    @Override
    public Optional<String> principal() {
      return Optional.of(Grant.ofGroup(id));
    }
  }

  record Department(String id) implements Recipient {
    @Override
    public String kind() {
      return "department";
    }

    @Override
    public String named() {
      return id;
    }

    @Override
    public Optional<String> principal() {
      return Optional.of(Grant.ofDepartment(id));
    }
  }

  /// An address that was typed.
  record Email(String address) implements Recipient {
    @Override
    public String kind() {
      return "email";
    }

    @Override
    public String named() {
      return address;
    }

    @Override
    public String toString() {
      return "Email[…]";
    }
  }

  /// A mobile that was typed.
  record Mobile(String number) implements Recipient {
    @Override
    public String kind() {
      return "mobile";
    }

    @Override
    public String named() {
      return number;
    }

    @Override
    public String toString() {
      return "Mobile[…]";
    }
  }
}

package org.studygate.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A group practice: its members see each other's studies.
///
/// @param primary the account of the primary contact
/// @param publicly whether others find it when they look for somebody to share with
/// @param mailOnShare who is told by mail that something was shared with it
public record Group(
    String id,
    String name,
    String primary,
    boolean publicly,
    MailOnShare mailOnShare,
    List<Member> members) {
  public Group {
    members = List.copyOf(members);
  }

  /// One that is its members' own business, as long as nobody says otherwise.
  public Group(String id, String name, String primary, List<Member> members) {
    this(id, name, primary, false, MailOnShare.PRIMARY, members);
  }

  /// Who gets the mail that something was shared with a group.
  public enum MailOnShare {
    ALL("all"),
    /// The primary contact alone.
    PRIMARY("primary");

    private final String code;

    MailOnShare(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    public static MailOnShare of(String code) {
      for (var who : values()) {
        if (who.code.equals(code)) {
          return who;
        }
      }
      throw new IllegalArgumentException("nobody is mailed so");
    }
  }

  /// @param confirmedAt when this one said last that the group is as it should be
  public record Member(String account, boolean admin, Optional<Instant> confirmedAt) {}

  @Override
  public String toString() {
    return "Group[" + id + "]";
  }
}

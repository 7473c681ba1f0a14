package org.studygate.account;

import java.util.Locale;

/// What is done at the desk of a department, and which roles may: said here alone (docs/desk.md has
/// the table and the reasons). For others than its own department nobody but the service desk may
/// anything.
public enum DeskAct {
  /// Receipts, orders, and studies that are held back, with their pictures.
  VIEW(true),
  /// A receipt is dealt with.
  RECEIPT(true),
  /// A number may be tried again (security rule 9).
  UNLOCK(false),
  /// An order whose number is of no use gets one of ours.
  REGENERATE(false),
  /// It was paid at the counter (product.md 3.6).
  PAID(true),
  /// The pincode goes again to the registered mobile.
  PINCODE(true),
  /// A study goes to an order, files of it are released, either is taken back, or it was looked at.
  JUDGE(true),
  /// The department's rules, and what it says of itself.
  POLICY(false),
  /// Who has access to a study of the department, and why it was given.
  ACCESS(true),
  /// What was given ends, the whole of it or for one study.
  WITHDRAW(true),
  /// A study is opened without a right, for a while and with a reason.
  GLASS(true);

  private final boolean staffToo;

  DeskAct(boolean staffToo) {
    this.staffToo = staffToo;
  }

  boolean mayBeDoneBy(Role role) {
    return switch (role) {
      case PROFESSIONAL -> false;
      case STAFF -> staffToo;
      case ADMIN, SERVICE_DESK -> true;
    };
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

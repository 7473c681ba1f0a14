package org.studygate.payment;

import java.util.Locale;

/// How far one Checkout Session has come. It only ever moves forward through this list: of two
/// answers of the provider that overtake each other the later stage counts, so that every order
/// of events ends alike (docs/payment.md has the table).
public enum Stage {
  /// The provider's page is waiting for somebody to pay.
  OPEN(0),
  /// Somebody has paid by a method that takes days, and no money is there yet.
  PENDING(1),
  /// Nobody paid in time.
  EXPIRED(2),
  /// A method that takes days has brought no money.
  FAILED(3),
  PAID(4),
  /// The bank asks the money back; nothing is decided yet.
  DISPUTED(5),
  WON(6),
  LOST(7),
  /// All of it has gone back.
  REFUNDED(8);

  private final int rank;

  Stage(int rank) {
    this.rank = rank;
  }

  /// Kept with the record, so the numbers stay.
  int rank() {
    return rank;
  }

  /// The money is there.
  public boolean paid() {
    return switch (this) {
      case PAID, DISPUTED, WON -> true;
      case OPEN, PENDING, EXPIRED, FAILED, LOST, REFUNDED -> false;
    };
  }

  /// Ended before any money came: another try may begin.
  public boolean unpaid() {
    return this == EXPIRED || this == FAILED;
  }

  public boolean after(Stage other) {
    return rank > other.rank;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

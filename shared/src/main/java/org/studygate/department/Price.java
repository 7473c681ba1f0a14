package org.studygate.department;

import java.util.Currency;

/// An amount in the smallest unit of its currency: 1500 EUR are fifteen euro, 1500 JPY fifteen
/// hundred yen (ISO 4217; so does Stripe count).
public record Price(long value, Currency currency) {
  private static final long MOST = 99_999_999;

  public Price {
    if (value < 1 || value > MOST) {
      throw new IllegalArgumentException("a price is 1 to 99999999 of the smallest unit");
    }
  }

  public static Price of(long value, String currency) {
    return new Price(value, Currency.getInstance(currency));
  }
}

package org.studygate.notice;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import org.studygate.department.Price;

/// An amount as a language writes it: `€ 15,00`, `15,00 €`, `€15.00`.
final class Money {
  private Money() {}

  static String write(Price price, Locale locale) {
    var currency = price.currency();
    var format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
    format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
    return format.format(BigDecimal.valueOf(price.value(), currency.getDefaultFractionDigits()));
  }
}

package org.studygate.department;

import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a department asks for and what it promises for it (product.md 3 and 10). Nothing of it
/// ever comes from a browser.
///
/// @param price of an order whose studies have no price of their own, in the smallest unit
/// @param prices by modality (DICOM's codes); of several the highest counts, once an order
/// @param methods as the provider names them: `card`, `bancontact`, `ideal`, `sepa_debit`, …
/// @param freeRoute how to get one's own file for nothing, by language: the first copy is free
///     (GDPR 15.3; C-307/22), so the page that asks for money says so
/// @param receipt whether a receipt is sent to the registered mail address
public record PaymentRules(
    Currency currency,
    long price,
    Map<String, Long> prices,
    List<String> methods,
    Afterwards afterRefund,
    Afterwards afterLostDispute,
    Map<String, String> freeRoute,
    boolean receipt) {
  private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]{1,31}");
  private static final Pattern MODALITY = Pattern.compile("[A-Z0-9]{2,16}");

  /// What becomes of access when the money has gone back.
  public enum Afterwards {
    END,
    KEEP
  }

  public PaymentRules {
    prices = Map.copyOf(prices);
    methods = List.copyOf(methods);
    freeRoute = Map.copyOf(freeRoute);
    if (methods.isEmpty() || !methods.stream().allMatch(one -> METHOD.matcher(one).matches())) {
      throw new Unfit(
          "policy.payment.methods",
          methods.isEmpty() ? "missing" : "wrong",
          "payment.methods are names of the provider, at least one");
    }
    if (!prices.keySet().stream().allMatch(one -> MODALITY.matcher(one).matches())) {
      throw new IllegalArgumentException("payment.prices are by modality: CT, MR, …");
    }
    if (freeRoute.isEmpty() || freeRoute.values().stream().anyMatch(String::isBlank)) {
      throw new Unfit(
          "policy.payment.freeRoute",
          "missing",
          "payment.freeRoute is missing: it is shown where money is");
    }
    new Price(price, currency);
    prices.values().forEach(one -> new Price(one, currency));
  }

  /// One payment opens the whole order: the highest of its prices, once.
  public Price priceOf(Collection<String> modalities) {
    var highest =
        modalities.stream()
            .map(modality -> prices.getOrDefault(modality, price))
            .max(Long::compareTo)
            .orElse(price);
    return new Price(highest, currency);
  }
}

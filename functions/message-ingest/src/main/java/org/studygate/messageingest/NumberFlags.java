package org.studygate.messageingest;

import java.util.Optional;

/// Why the number of an order opens nothing, as the hospital reads it.
final class NumberFlags {
  private NumberFlags() {}

  /// Empty where there is nothing to do: a newer message has been here.
  static Optional<String> sentence(String flag) {
    return switch (flag) {
      case "outdated" -> Optional.empty();
      case "no-destination" ->
          Optional.of(
              "The order asks for a code, but names no mobile or mail address that one can be"
                  + " sent to: the number opens nothing. Send the order again with one.");
      case "no-payment-rules" ->
          Optional.of(
              "The order asks for payment, but the department's policy has no prices: the number"
                  + " opens nothing. Send the order again with another verification.");
      case "mobile-none" ->
          Optional.of(
              "patient.mobile is no mobile that gets an SMS, as it is read in the department's"
                  + " country: the number opens nothing. Send the order again with one mobile and"
                  + " nothing beside it, or another verification.");
      case "mail-none" ->
          Optional.of(
              "patient.email is not one mail address: the number opens nothing. Send the order"
                  + " again with one and nothing beside it, or another verification.");
      case "mobile-not-allowed" ->
          Optional.of(
              "The mobile is of a country that the department sends no messages to: the number"
                  + " opens nothing. Send the order again with another mobile or verification.");
      case "channel-not-allowed" ->
          Optional.of(
              "The order asks for a code by a way that the department does not use: the number"
                  + " opens nothing. Send the order again with another verification.");
      case "bad-validity" ->
          Optional.of(
              "The number would end before it begins: it opens nothing. Send the order again with"
                  + " validUntil on or after validFrom.");
      case "weak-number" ->
          Optional.of(
              "The number could be guessed from what it holds: it opens nothing. Send the order"
                  + " again with a number drawn at random, long enough for the department's"
                  + " minimum (docs/reference-numbers.md).");
      case "bad-number" ->
          Optional.of(
              "reference.number is none that a patient could type: it opens nothing. Send the order"
                  + " again with one of 1 to 40 letters A to Z and digits; 17 of ours end with the"
                  + " right check character.");
      case "number-taken" ->
          Optional.of(
              "The number is in use by another order: it opens nothing of this one. Send the order"
                  + " again with another number.");
      case "number-withdrawn" ->
          Optional.of(
              "The number was withdrawn before and does not come back. Send the order again with"
                  + " another number.");
      default -> throw new IllegalArgumentException("no sentence for " + flag);
    };
  }
}

package org.studygate.payment;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody is told before paying: study date, hospital and masked mobile [seed], what it
/// costs and how it can be paid, and the way that costs nothing.
///
/// @param studyDate of the newest exam
/// @param accessUntil the last day of access, where the images' retention ends it; what is paid for
///     has no other end of its own
/// @param mobile at most its last two digits
public record Offer(
    Optional<LocalDate> studyDate,
    Optional<LocalDate> accessUntil,
    String hospital,
    String mobile,
    Whom department,
    Amount amount,
    List<String> methods,
    Map<String, String> freeRoute) {
  /// Nothing is sold of which nothing is kept any more.
  public boolean over(LocalDate today) {
    return accessUntil.filter(today::isAfter).isPresent();
  }

  /// Whom to call when the mobile number is not right.
  public record Whom(String name, String phone, Optional<String> email) {}

  /// @param value in the smallest unit of the currency
  public record Amount(long value, String currency) {}
}

package org.studygate.messageingest;

import java.util.Optional;
import org.studygate.department.Policy;
import org.studygate.department.Verification;
import org.studygate.notice.MailAddress;
import org.studygate.notice.Mobile;
import org.studygate.order.Order;

/// Where a code or a pincode is sent, told when the order comes and not when the patient stands
/// there.
sealed interface Destination {
  /// The date of birth is enough.
  record NotNeeded() implements Destination {}

  /// Never shown by accident.
  record To(String address) implements Destination {
    @Override
    public String toString() {
      return "To[…]";
    }
  }

  /// Nothing that is needed could be sent: the number opens nothing.
  record None(String flag) implements Destination {}

  static Destination of(Verification verification, Order.Patient patient, Policy policy) {
    if (!policy.sends(verification)) {
      return new None("channel-not-allowed");
    }
    return switch (verification) {
      case DATE_OF_BIRTH -> new NotNeeded();
      case OTP_SMS, PAYMENT -> mobile(patient.mobile(), policy);
      case OTP_EMAIL -> mail(patient.email());
    };
  }

  private static Destination mobile(Optional<String> written, Policy policy) {
    if (written.isEmpty()) {
      return new None("no-destination");
    }
    var mobile = Mobile.read(written.get(), policy.countryPrefixes());
    if (mobile.isEmpty()) {
      return new None("mobile-none");
    }
    return policy.maySendTo(mobile.get()) ? new To(mobile.get()) : new None("mobile-not-allowed");
  }

  private static Destination mail(Optional<String> written) {
    if (written.isEmpty()) {
      return new None("no-destination");
    }
    return MailAddress.read(written.get())
        .<Destination>map(To::new)
        .orElseGet(() -> new None("mail-none"));
  }

  default Optional<String> to() {
    return this instanceof To(var address) ? Optional.of(address) : Optional.empty();
  }
}

package org.studygate.notice;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/// Whether an SMS to a number can reach a person: never a malformed number, never one that charges
/// its caller. Which countries are allowed is the department's policy.
public final class Mobile {
  private Mobile() {}

  public static boolean reachable(String number) {
    var numbers = PhoneNumberUtil.getInstance();
    try {
      var parsed = numbers.parse(number, null);
      return numbers.isValidNumber(parsed)
          && switch (numbers.getNumberType(parsed)) {
            case MOBILE, FIXED_LINE_OR_MOBILE -> true;
            default -> false;
          };
    } catch (NumberParseException malformed) {
      return false;
    }
  }
}

package org.studygate.notice;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether an SMS to a number can reach a person: never a malformed number, never one that charges
/// its caller. Which countries are allowed is the department's policy.
public final class Mobile {
  private static final String NO_REGION = "ZZ";
  private static final int LONGEST_CALLING_CODE = 3;
  private static final Pattern LABEL =
      Pattern.compile("^\\s*(tel|gsm|mob|sms)\\p{L}*[.:\\s]*", Pattern.CASE_INSENSITIVE);

  private Mobile() {}

  public static boolean reachable(String number) {
    return parsed(number, NO_REGION).filter(Mobile::mobile).isPresent();
  }

  /// A mobile as it stands in a hospital's system, as SMS are sent to it (E.164): with or without
  /// its country, `00`, a trunk zero, whatever punctuation. Words beside it, an extension, two
  /// numbers in one field are nobody's to guess: empty, as for a landline.
  ///
  /// @param countryPrefixes of the department: the first is the country of a number that names none
  public static Optional<String> read(String written, List<String> countryPrefixes) {
    var plain =
        Normalizer.normalize(written, Normalizer.Form.NFKC)
            .replaceAll("\\p{Cf}", "")
            .replaceAll("[\\p{Z}\\s]+", " ")
            .replaceAll("\\p{Pd}", "-");
    var number = LABEL.matcher(plain).replaceFirst("");
    if (number.codePoints().anyMatch(Character::isLetter)) {
      return Optional.empty();
    }
    var own = countryPrefixes.isEmpty() ? NO_REGION : region(countryPrefixes.getFirst());
    return parsed(number, own)
        .filter(found -> mobile(found) && !found.hasExtension())
        .map(found -> PhoneNumberUtil.getInstance().format(found, PhoneNumberFormat.E164));
  }

  private static Optional<PhoneNumber> parsed(String number, String region) {
    try {
      return Optional.of(PhoneNumberUtil.getInstance().parse(number, region));
    } catch (NumberParseException malformed) {
      return Optional.empty();
    }
  }

  /// In some countries, as in North America, a mobile cannot be told from a landline: it counts.
  private static boolean mobile(PhoneNumber number) {
    var numbers = PhoneNumberUtil.getInstance();
    return numbers.isValidNumber(number)
        && switch (numbers.getNumberType(number)) {
          case MOBILE, FIXED_LINE_OR_MOBILE -> true;
          default -> false;
        };
  }

  /// The country of `+32`; of `+1242`, the plan of numbers that it is in.
  private static String region(String prefix) {
    var digits = prefix.substring(1);
    for (var length = 1; length <= Math.min(LONGEST_CALLING_CODE, digits.length()); length++) {
      var code = Integer.parseInt(digits.substring(0, length));
      var region = PhoneNumberUtil.getInstance().getRegionCodeForCountryCode(code);
      if (!region.equals(NO_REGION)) {
        return region;
      }
    }
    return NO_REGION;
  }
}

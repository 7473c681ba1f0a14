package org.studygate.notice;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whether a text is one mail address that a code can be sent to.
public final class MailAddress {
  private static final int LONGEST = 254; // RFC 5321, 4.5.3.1.3, without its angle brackets
  private static final String ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  /// Without quoted local parts and letters beyond ASCII before the @: SES takes none (RFC 6531).
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?=[^@]{1,64}@)(?:%s(?:\\.%s)*)@(?:%s\\.)+(?!\\d+$)%s"
              .formatted(ATOM, ATOM, LABEL, LABEL));

  private MailAddress() {}

  /// In lower case, its domain in ASCII. Empty for none, for two, for one with a name beside it.
  public static Optional<String> read(String written) {
    var plain =
        Normalizer.normalize(written, Normalizer.Form.NFKC)
            .replaceAll("\\p{Cf}", "")
            .strip()
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^mailto:", "");
    var at = plain.lastIndexOf('@');
    if (at < 1) {
      return Optional.empty();
    }
    try {
      var address = plain.substring(0, at + 1) + IDN.toASCII(plain.substring(at + 1));
      return Optional.of(address)
          .filter(one -> one.length() <= LONGEST && ADDRESS.matcher(one).matches());
    } catch (IllegalArgumentException noDomain) {
      return Optional.empty();
    }
  }
}

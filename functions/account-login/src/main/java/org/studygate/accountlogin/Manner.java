package org.studygate.accountlogin;

import java.util.ArrayList;
import java.util.List;
import org.studygate.account.Account;
import org.studygate.account.Factor;
import org.studygate.notice.House;
import org.studygate.platform.Environment;

/// How strictly an environment signs people in.
///
/// @param mandatory nobody comes in with a password alone
/// @param emailCodes whether codes may go by mail
/// @param prefixes calling codes of the mobiles to which codes may go; the first is the own
record Manner(boolean mandatory, boolean emailCodes, List<String> prefixes) {
  static Manner of(Environment environment) {
    return new Manner(
        !environment.required("SECOND_FACTOR").equals("optional"),
        environment.required("EMAIL_CODES").equals("true"),
        House.prefixes(environment.required("MOBILE_PREFIXES")));
  }

  /// What an account may choose.
  List<Factor> choices(Account account) {
    var choices = new ArrayList<Factor>();
    choices.add(Factor.TOTP);
    if (account.mobile().isPresent()) {
      choices.add(Factor.SMS);
    }
    if (emailCodes) {
      choices.add(Factor.EMAIL);
    }
    if (!mandatory) {
      choices.add(Factor.NONE);
    }
    return choices;
  }

  /// What is asked of an account: mail that is no longer allowed gives way to the mobile.
  Factor asked(Account account) {
    return account.factor() == Factor.EMAIL && !emailCodes && account.mobile().isPresent()
        ? Factor.SMS
        : account.factor();
  }
}

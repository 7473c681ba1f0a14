package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.studygate.credential.Browser;
import org.studygate.credential.PasswordRule;
import org.studygate.limit.Tries;
import org.studygate.payment.Pincodes;
import org.studygate.session.Session;
import org.studygate.signin.OtpPolicy;

/// What the pages tell of a rule is what the rule says.
final class RulesTest {
  private static final Path TOLD = Path.of("../web/src/lib/rules.ts");
  private static final Pattern LINE = Pattern.compile("(?m)^ {2}(\\w+): (\\d+),$");

  private static final Path TOLD_TO_PROFESSIONALS =
      Path.of("../web/src/professional/sign/rules.ts");

  @Test
  void whoSignsInWithAnAccountIsToldTheNumbersThatDecide() throws IOException {
    assertThat(told(TOLD_TO_PROFESSIONALS))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "longPassword", (long) PasswordRule.ALONE,
                "shortPassword", (long) PasswordRule.WITH_FACTOR,
                "longestPassword", (long) PasswordRule.MOST,
                "rememberedDays", Browser.LIFE.toDays()));
  }

  @Test
  void thePagesTellTheNumbersThatDecide() throws IOException {
    assertThat(told(TOLD))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "codeDigits", (long) OtpPolicy.DIGITS,
                "codeMinutes", OtpPolicy.LIFE.toMinutes(),
                "codeSpacingSeconds", OtpPolicy.SPACING.toSeconds(),
                "pincodeDigits", (long) Pincodes.DIGITS,
                "wrongDates", (long) Tries.DATE.max(),
                "wrongCodes", (long) Tries.CODE.max(),
                "wrongPincodes", (long) Tries.PINCODE.max(),
                "idleMinutes", Session.IDLE.toMinutes(),
                "wholeMinutes", Session.WHOLE.toMinutes()));
  }

  private static Map<String, Long> told(Path file) throws IOException {
    var told = new TreeMap<String, Long>();
    var lines = LINE.matcher(Files.readString(file));
    while (lines.find()) {
      told.put(lines.group(1), Long.parseLong(lines.group(2)));
    }
    return told;
  }
}

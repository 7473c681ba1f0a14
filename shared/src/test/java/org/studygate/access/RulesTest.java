package org.studygate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.studygate.limit.Tries;
import org.studygate.payment.Pincodes;
import org.studygate.session.Session;
import org.studygate.signin.OtpPolicy;

/// What the pages tell of a rule is what the rule says.
final class RulesTest {
  private static final Path TOLD = Path.of("../web/src/lib/rules.ts");
  private static final Pattern LINE = Pattern.compile("(?m)^ {2}(\\w+): (\\d+),$");

  @Test
  void thePagesTellTheNumbersThatDecide() throws IOException {
    var told = new TreeMap<String, Long>();
    var lines = LINE.matcher(Files.readString(TOLD));
    while (lines.find()) {
      told.put(lines.group(1), Long.parseLong(lines.group(2)));
    }
    assertThat(told)
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
}

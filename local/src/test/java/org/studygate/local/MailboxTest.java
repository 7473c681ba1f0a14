package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {
  private static final String SMS =
      """
      {"kind":"sms","to":"+32470123456","subject":"","text":"one\\ntwo","html":"","at":"2026-11-20T08:15:00.250Z"}
      """;

  @TempDir Path folder;

  @Test
  void whatWasSentIsThereInItsOrderAndALineBeingWrittenNotYet() throws Exception {
    var file = folder.resolve("inbox");
    var mailbox = new Mailbox(file);
    assertThat(mailbox.all()).isEmpty();
    Files.writeString(file, SMS + SMS.replace("456", "457") + "{\"kind\":\"sm");
    assertThat(mailbox.all())
        .extracting(Mailbox.Message::to)
        .containsExactly("+32470123456", "+32470123457");
    assertThat(mailbox.all().getFirst().text()).isEqualTo("one\ntwo");
    assertThat(mailbox.all().getFirst().at()).isEqualTo(Instant.parse("2026-11-20T08:15:00.250Z"));
    mailbox.clear();
    assertThat(mailbox.all()).isEmpty();
  }
}

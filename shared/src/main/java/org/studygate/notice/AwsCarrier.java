package org.studygate.notice;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.studygate.platform.Aws;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// SMS by SNS, mail by SES. Neither knows a key that would make a second call harmless, so a call
/// is
/// repeated only after an answer that says it was not accepted.
public final class AwsCarrier implements Carrier {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  /// What a mail is about, in whatever SES tells of it later.
  public static final String ABOUT = "bucket";

  /// Answers of 400 that say nothing of the address: the account is paused, at its quota, or its
  /// sender is not verified.
  private static final Set<String> OF_THE_ACCOUNT =
      Set.of(
          "AccountSuspendedException",
          "LimitExceededException",
          "MailFromDomainNotVerifiedException",
          "SendingPausedException");

  private final SnsClient sns;
  private final SesV2Client ses;
  private final String smsSender;
  private final String mailSender;

  public AwsCarrier(Aws aws, String smsSender, String mailSender) {
    this.sns = aws.configure(SnsClient.builder().overrideConfiguration(calls()), "SNS");
    this.ses = aws.configure(SesV2Client.builder().overrideConfiguration(calls()), "SESV2");
    this.smsSender = smsSender;
    this.mailSender = mailSender;
  }

  private static ClientOverrideConfiguration calls() {
    return ClientOverrideConfiguration.builder()
        .apiCallTimeout(PATIENCE)
        .retryStrategy(
            StandardRetryStrategy.builder()
                .useClientDefaults(false)
                .maxAttempts(TRIES)
                .retryOnException(AwsCarrier::throttled)
                .treatAsThrottling(AwsCarrier::throttled)
                .build())
        .build();
  }

  @Override
  public Answer hand(Written written, Optional<String> about) {
    try {
      var id =
          switch (written) {
            case Written.Sms sms -> send(sms);
            case Written.Mail mail -> send(mail, about);
          };
      return new Answer(Handed.TAKEN, String.valueOf(id));
    } catch (SdkException failure) {
      return whatBecameOfIt(failure);
    }
  }

  private @Nullable String send(Written.Sms sms) {
    var attributes =
        Map.of(
            "AWS.SNS.SMS.SMSType", text("Transactional"), "AWS.SNS.SMS.SenderID", text(smsSender));
    return sns.publish(
            publish ->
                publish.phoneNumber(sms.to()).message(sms.text()).messageAttributes(attributes))
        .messageId();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private @Nullable String send(Written.Mail mail, Optional<String> about) {
    var tags =
        about.stream().map(id -> MessageTag.builder().name(ABOUT).value(id).build()).toList();
    return ses.sendEmail(
            send ->
                send.fromEmailAddress(from(mail.sender()))
                    .destination(to -> to.toAddresses(mail.to()))
                    .emailTags(tags)
                    .content(
                        content ->
                            content.simple(
                                message ->
                                    message
                                        .subject(utf8(mail.subject()))
                                        .body(
                                            body ->
                                                body.text(utf8(mail.text()))
                                                    .html(utf8(mail.html()))))))
        .messageId();
  }

  /// A name in front of our address. Beyond ASCII as RFC 2047 asks; nothing in it ends the line.
  private String from(String name) {
    var clean = name.replaceAll("[\"\\\\\\p{Cntrl}]", "");
    var ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(clean);
    var word =
        ascii
            ? '"' + clean + '"'
            : "=?UTF-8?B?"
                + Base64.getEncoder().encodeToString(clean.getBytes(StandardCharsets.UTF_8))
                + "?=";
    return word + " <" + mailSender + '>';
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }

  /// What is our fault or theirs is tried again, since somebody will mend it.
  private static Answer whatBecameOfIt(SdkException failure) {
    if (throttled(failure)) {
      return new Answer(Handed.BUSY, "throttled");
    }
    if (ofTheAccount(failure)) {
      return new Answer(Handed.BUSY, "account");
    }
    if (failure instanceof SdkServiceException answer) {
      return switch (answer.statusCode()) {
        case 400, 404 -> new Answer(Handed.REFUSED, "refused");
        case 401, 403 -> new Answer(Handed.BUSY, "not-allowed");
        case 503 -> new Answer(Handed.BUSY, "unavailable");
        default -> new Answer(Handed.UNKNOWN, "failed");
      };
    }
    return neverConnected(failure)
        ? new Answer(Handed.BUSY, "unreachable")
        : new Answer(Handed.UNKNOWN, "no-answer");
  }

  private static boolean ofTheAccount(Throwable failure) {
    return failure instanceof AwsServiceException answer
        && answer.awsErrorDetails() != null
        && OF_THE_ACCOUNT.contains(String.valueOf(answer.awsErrorDetails().errorCode()));
  }

  private static boolean throttled(Throwable failure) {
    return failure instanceof AwsServiceException answer && answer.isThrottlingException();
  }

  private static boolean neverConnected(Throwable failure) {
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}

package org.studygate.notice;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.studygate.platform.Aws;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// SMS by SNS, mail by SES. Neither knows a key that would make a second call harmless, so a call
/// is
/// repeated only after an answer that says it was not accepted.
public final class AwsCarrier implements Carrier {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

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
  public Handed hand(Letter letter) {
    try {
      switch (letter) {
        case Letter.Sms sms -> send(sms);
        case Letter.Mail mail -> send(mail);
      }
      return Handed.TAKEN;
    } catch (SdkException failure) {
      return whatBecameOfIt(failure);
    }
  }

  private void send(Letter.Sms sms) {
    var attributes =
        Map.of(
            "AWS.SNS.SMS.SMSType", text("Transactional"), "AWS.SNS.SMS.SenderID", text(smsSender));
    sns.publish(
        publish -> publish.phoneNumber(sms.to()).message(sms.text()).messageAttributes(attributes));
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private void send(Letter.Mail mail) {
    ses.sendEmail(
        send ->
            send.fromEmailAddress(from(mail.sender()))
                .destination(to -> to.toAddresses(mail.to()))
                .content(
                    content ->
                        content.simple(
                            message ->
                                message
                                    .subject(utf8(mail.subject()))
                                    .body(
                                        body ->
                                            body.text(utf8(mail.text()))
                                                .html(utf8(mail.html()))))));
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

  private static Handed whatBecameOfIt(SdkException failure) {
    if (throttled(failure)) {
      return Handed.BUSY;
    }
    if (failure instanceof SdkServiceException answer) {
      return switch (answer.statusCode()) {
        case 400, 404 -> Handed.REFUSED;
        case 401, 403, 503 -> Handed.BUSY; // our fault or theirs, and somebody will mend it
        default -> Handed.UNKNOWN;
      };
    }
    return neverConnected(failure) ? Handed.BUSY : Handed.UNKNOWN;
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

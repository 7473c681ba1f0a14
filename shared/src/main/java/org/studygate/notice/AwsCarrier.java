package org.studygate.notice;

import java.util.HashMap;
import org.studygate.platform.Aws;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/// SMS by SNS, mail by SES.
public final class AwsCarrier implements Carrier {
  private final SnsClient sns;
  private final SesV2Client ses;
  private final String smsSender;
  private final String mailSender;

  public AwsCarrier(Aws aws, String smsSender, String mailSender) {
    this.sns = aws.configure(SnsClient.builder(), "SNS");
    this.ses = aws.configure(SesV2Client.builder(), "SESV2");
    this.smsSender = smsSender;
    this.mailSender = mailSender;
  }

  @Override
  public Handed hand(Letter letter) {
    return switch (letter) {
      case Letter.Sms sms -> send(sms);
      case Letter.Mail mail -> send(mail);
    };
  }

  private Handed send(Letter.Sms sms) {
    var attributes = new HashMap<String, MessageAttributeValue>();
    attributes.put("AWS.SNS.SMS.SMSType", text("Transactional"));
    attributes.put("AWS.SNS.SMS.SenderID", text(smsSender));
    try {
      sns.publish(
          publish ->
              publish.phoneNumber(sms.to()).message(sms.text()).messageAttributes(attributes));
      return Handed.TAKEN;
    } catch (InvalidParameterException | InvalidParameterValueException noSuchNumber) {
      return Handed.REFUSED;
    }
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private Handed send(Letter.Mail mail) {
    try {
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
      return Handed.TAKEN;
    } catch (MessageRejectedException | BadRequestException noSuchAddress) {
      return Handed.REFUSED;
    }
  }

  /// A name in quotes, without what would end the quotation or the line.
  private String from(String name) {
    return '"' + name.replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\" <" + mailSender + '>';
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }
}

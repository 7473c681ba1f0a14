package org.studygate.local;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.studygate.local.template.Template;

/// What the resources and parameters of the template are called on this machine.
final class Names implements BinaryOperator<String> {
  static final String REGION = "eu-central-1";
  static final String ACCOUNT = "123456789012";
  static final String S3_HOST = "s3.local.invalid";

  private final Template template;
  private final URI queues;
  private final Map<String, String> parameters;
  private final boolean abroad;

  /// Both environments, as each is told of them.
  private static String environments(Settings settings) {
    return """
        {"environments": [
          {"country": "BE", "name": "Studygate België", "origin": "%s"},
          {"country": "NL", "name": "Studygate Nederland", "origin": "%s"}]}"""
        .formatted(settings.origin(), settings.abroad());
  }

  static Names abroad(Template template, Settings settings, URI queues) {
    return new Names(template, settings, queues, true);
  }

  Names(Template template, Settings settings, URI queues) {
    this(template, settings, queues, false);
  }

  private Names(Template template, Settings settings, URI queues, boolean abroad) {
    this.template = template;
    this.queues = queues;
    this.abroad = abroad;
    this.parameters =
        Map.ofEntries(
            Map.entry("Stage", "local"),
            Map.entry("PublicOrigin", (abroad ? settings.abroad() : settings.origin()).toString()),
            Map.entry("Country", abroad ? "NL" : "BE"),
            Map.entry("Environments", environments(settings)),
            Map.entry("SecondFactor", "mandatory"),
            Map.entry("EmailCodes", "true"),
            Map.entry("FederatedDomains", DemoProvider.domains()),
            Map.entry("MobilePrefixes", "+31 +32 +33 +34 +47 +49 +352 +386"),
            Map.entry("MailSender", "no-reply@studygate.local"),
            Map.entry("SmsSender", "Studygate"),
            Map.entry("ServiceDeskPhone", "+32 3 555 09 00"),
            Map.entry("ServiceDeskEmail", "servicedesk@studygate.example"),
            Map.entry("AWS::Region", REGION),
            Map.entry("AWS::AccountId", ACCOUNT),
            Map.entry("AWS::Partition", "aws"),
            Map.entry("AWS::URLSuffix", "amazonaws.com"));
  }

  @Override
  public String apply(String name, String attribute) {
    var parameter = parameters.get(name);
    if (parameter != null) {
      return parameter;
    }
    if (attribute.endsWith("DomainName")) {
      return S3_HOST;
    }
    if (name.endsWith("Bucket")) {
      return bucket(name);
    }
    if (abroad && name.endsWith("Table")) {
      return Abroad.table(name);
    }
    return isQueue(name) ? queue(name, attribute) : name;
  }

  private boolean isQueue(String name) {
    return template.ofType("AWS::SQS::Queue").stream().anyMatch(one -> one.name().equals(name));
  }

  private String queue(String name, String attribute) {
    return switch (attribute) {
      case "" -> queues + "/" + ACCOUNT + "/" + name;
      case "Arn" -> "arn:aws:sqs:" + REGION + ":" + ACCOUNT + ":" + name;
      default -> name;
    };
  }

  /// `InboxBucket` is `inbox-bucket`.
  static String bucket(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}

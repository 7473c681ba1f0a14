package org.studygate.notify;

import java.util.Optional;
import org.studygate.json.JsonObject;
import org.studygate.notice.AwsCarrier;

/// A mail of a share that was taken and came back later, or was refused after all, as SES tells by
/// EventBridge. Whoever is away and answers by a machine has got it.
///
/// @param bucket of the share
record Bounce(String bucket) {
  static Optional<Bounce> of(JsonObject event) {
    return event
        .optionalString("source")
        .filter("aws.ses"::equals)
        .map(_ -> event.object("detail"))
        .filter(Bounce::lost)
        .flatMap(detail -> detail.object("mail").optionalObject("tags"))
        .filter(tags -> tags.names().contains(AwsCarrier.ABOUT))
        .flatMap(tags -> tags.strings(AwsCarrier.ABOUT).stream().findFirst())
        .map(Bounce::new);
  }

  private static boolean lost(JsonObject detail) {
    return switch (detail.string("eventType")) {
      case "Reject" -> true;
      case "Bounce" -> lost(detail.object("bounce"), "bounceType", "bounceSubType");
      default -> false;
    };
  }

  private static boolean lost(JsonObject bounce, String type, String subType) {
    return !bounce.string(type).equals("Transient") || !bounce.string(subType).equals("General");
  }
}

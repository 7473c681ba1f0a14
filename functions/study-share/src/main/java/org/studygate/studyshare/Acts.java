package org.studygate.studyshare;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.studygate.access.Principal;
import org.studygate.http.HttpRequest;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.sharing.Asked;
import org.studygate.sharing.Recipient;
import org.studygate.sharing.Sharing;
import org.studygate.study.StudyId;

/// The act of sharing, and what its page begins with.
final class Acts {
  private static final int LONGEST_ADDRESS = 254;

  private final Sharing sharing;
  private final Beginning beginning;

  Acts(Sharing sharing, Beginning beginning) {
    this.sharing = sharing;
    this.beginning = beginning;
  }

  Told defaults(Principal.Professional who, Set<StudyId> studies, String requestId) {
    return beginning.of(who, studies, requestId);
  }

  Told share(Principal.Professional who, HttpRequest request) {
    var key = request.idempotencyKey();
    if (key.isEmpty()) {
      return new Told.KeyMissing();
    }
    var asked = asked(request.json());
    return asked.isEmpty()
        ? new Told.NotFound()
        : switch (sharing.share(who, key.get(), asked.get(), request.requestId())) {
          case Sharing.Outcome.Done(var shared) -> new Told.Made(ShareView.of(shared));
          case Sharing.Outcome.NotFound() -> new Told.NotFound();
          case Sharing.Outcome.Wrong(var wrong) -> new Told.Wrong(wrong);
          case Sharing.Outcome.KeyReused() -> new Told.KeyReused();
        };
  }

  /// Empty when it names a study that cannot be one.
  private static Optional<Asked> asked(JsonObject body) {
    var studies = StudyId.parse(body.strings("studies"));
    var until = body.optionalDate("validUntil");
    var unlimited = body.bool("unlimited", false);
    if (until.isPresent() == unlimited) {
      throw new BadJson("either validUntil or unlimited is given");
    }
    var asked =
        new Asked(
            studies.orElse(Set.of()),
            body.objects("recipients").stream().map(Acts::to).toList(),
            write(body.string("access")),
            body.optionalLines("reason").orElse(""),
            body.string("language"),
            until,
            body.bool("patientAgreed", false),
            body.bool("urgent", false),
            body.bool("anonymize", false),
            body.bool("furtherSharing", false),
            body.bool("tellOpened", false),
            body.optionalLines("message"));
    body.done();
    return studies.map(_ -> asked);
  }

  private static Asked.To to(JsonObject json) {
    var named =
        List.of(
            json.optionalText("account", LONGEST_ADDRESS).map(Recipient.Account::new),
            json.optionalText("group", LONGEST_ADDRESS).map(Recipient.Group::new),
            json.optionalText("department", LONGEST_ADDRESS).map(Recipient.Department::new),
            json.optionalText("email", LONGEST_ADDRESS).map(Recipient.Email::new),
            json.optionalText("mobile", LONGEST_ADDRESS).map(Recipient.Mobile::new));
    var given = named.stream().flatMap(Optional::stream).toList();
    if (given.size() != 1) {
      throw new BadJson("a recipient is an account, group, department, email or mobile");
    }
    var to =
        new Asked.To(
            given.getFirst(),
            json.bool("twoFactor", false),
            json.bool("sendMail", false),
            json.bool("favourite", false));
    json.done();
    return to;
  }

  private static boolean write(String access) {
    return switch (access) {
      case "report-read" -> false;
      case "report-write" -> true;
      default -> throw new BadJson("access is report-read or report-write");
    };
  }
}

package org.studygate.accountsettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.studygate.http.Problem;
import org.studygate.i18n.Catalogue;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.settings.Edit;
import org.studygate.settings.Edit.Switch;
import org.studygate.settings.MailSwitches;

/// What a page asks to be changed, read strictly. Each refusal names the field that it is about.
final class Edits {
  private static final Set<String> GENDERS = Set.of("female", "male", "other");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9(][0-9 ()./-]{3,30}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,31}");
  private static final int FEWEST_DIGITS = 4;

  /// What the service desk changes, or something else does.
  private static final Set<String> READ_ONLY =
      Set.of(
          "username",
          "name",
          "familyName",
          "givenName",
          "mobile",
          "physicianNumbers",
          "factor",
          "role",
          "state",
          "department",
          "passwordWith",
          "groups",
          "mappings");

  private static final Map<String, Switch> PRIVACY =
      Map.of(
          "contact",
          Switch.PUBLIC_CONTACT,
          "email",
          Switch.PUBLIC_EMAIL,
          "mobile",
          Switch.PUBLIC_MOBILE);
  private static final Map<String, Switch> MAILS =
      Map.of("mailOnStudy", Switch.MAIL_ON_STUDY, "mailOnReport", Switch.MAIL_ON_REPORT);

  private Edits() {}

  /// At least one; a field that is null is taken away, where it may be.
  static List<Edit> read(JsonObject body) {
    var edits = new ArrayList<Edit>();
    for (var name : body.names()) {
      edits.addAll(of(name, body));
    }
    if (edits.isEmpty()) {
      throw Problem.BAD_REQUEST.refusal();
    }
    return edits;
  }

  /// The mails of one mapping: at least one of the two.
  static MailSwitches mails(JsonObject body) {
    var mails =
        new MailSwitches(body.optionalBool("mailOnStudy"), body.optionalBool("mailOnReport"));
    body.done();
    if (mails.onStudy().or(mails::onReport).isEmpty()) {
      throw Problem.BAD_REQUEST.refusal();
    }
    return mails;
  }

  private static List<Edit> of(String name, JsonObject body) {
    if (READ_ONLY.contains(name)) {
      throw Problem.READ_ONLY.refusal(name);
    }
    return named(
        name,
        () ->
            switch (name) {
              case "gender" -> List.of(new Edit.Gender(gender(body)));
              case "workPhone" -> List.of(new Edit.WorkPhone(workPhone(body)));
              case "language" -> List.of(new Edit.Language(language(body)));
              case "privacy" -> switches(body.object(name), PRIVACY);
              case "mailDefaults" -> switches(body.object(name), MAILS);
              default -> throw new BadJson("not a known field");
            });
  }

  private static Optional<String> gender(JsonObject body) {
    var gender = body.optionalString("gender");
    if (gender.filter(code -> !GENDERS.contains(code)).isPresent()) {
      throw new BadJson("gender is another");
    }
    return gender;
  }

  private static Optional<String> workPhone(JsonObject body) {
    var number = body.optionalString("workPhone").map(String::strip).filter(one -> !one.isEmpty());
    if (number.filter(one -> !isPhone(one)).isPresent()) {
      throw new BadJson("workPhone is no number");
    }
    return number;
  }

  private static boolean isPhone(String number) {
    return PHONE.matcher(number).matches()
        && number.chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
  }

  private static String language(JsonObject body) {
    var language = body.string("language");
    if (!Catalogue.speaks(language)) {
      throw new BadJson("language is not spoken");
    }
    return language;
  }

  private static List<Edit> switches(JsonObject body, Map<String, Switch> known) {
    var edits = new ArrayList<Edit>();
    for (var name : body.names()) {
      var which = Optional.ofNullable(known.get(name)).orElseThrow(() -> new BadJson("unknown"));
      var on = body.optionalBool(name).orElseThrow(() -> new BadJson("neither on nor off"));
      edits.add(new Edit.Switched(which, on));
    }
    if (edits.isEmpty()) {
      throw new BadJson("no switch");
    }
    return edits;
  }

  private static List<Edit> named(String name, Supplier<List<Edit>> read) {
    try {
      return read.get();
    } catch (BadJson unfit) {
      throw Problem.BAD_REQUEST.refusal(NAME.matcher(name).matches() ? name : "");
    }
  }
}

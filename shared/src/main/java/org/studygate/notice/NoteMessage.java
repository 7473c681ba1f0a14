package org.studygate.notice;

import java.util.LinkedHashMap;
import java.util.Locale;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// To somebody with an account, or to the service desk: what happened to an account or a group.
///
/// @param group by its name; empty where it is about none
/// @param member who said it; empty likewise
public record NoteMessage(String to, String language, About about, String group, String member)
    implements Message {
  public enum About {
    /// A member says that a group is not as it is shown.
    GROUP,
    /// The service desk has looked at a new account.
    VERIFIED,
    REFUSED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public MessageKind kind() {
    return MessageKind.NOTE;
  }

  @Override
  public String channel() {
    return "email";
  }

  @Override
  public String department() {
    return CodeMessage.OF_ACCOUNT;
  }

  @Override
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("kind", kind().name());
    fields.put("to", to);
    fields.put("language", language);
    fields.put("about", about.name());
    fields.put("group", group);
    fields.put("member", member);
    return Json.text(fields);
  }

  static NoteMessage read(JsonObject object) {
    return new NoteMessage(
        object.string("to"),
        object.string("language"),
        About.valueOf(object.string("about")),
        object.string("group"),
        object.string("member"));
  }

  @Override
  public String toString() {
    return "NoteMessage[" + about + "]";
  }
}

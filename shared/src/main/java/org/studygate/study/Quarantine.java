package org.studygate.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.studygate.json.Json;

/// Where objects go that we cannot use, each with its reason beside it. Nothing is lost, no study
/// is
/// touched, and nobody tries again.
public final class Quarantine {
  private final Objects objects;

  public Quarantine(Objects objects) {
    this.objects = objects;
  }

  /// @param reason a stable code
  /// @param detail a sentence for staff; never content of the object
  /// @param offset where in the object the fault lies, -1 if nowhere in particular
  public void keep(InboxObject object, String reason, String detail, long offset)
      throws IOException {
    var key = "quar/" + object.department().orElse("unknown") + "/" + object.id();
    objects.copy(object.bucket(), object.key(), key);
    var why = new LinkedHashMap<String, Object>();
    why.put("key", object.key());
    why.put("reason", reason);
    why.put("detail", detail);
    if (offset >= 0) {
      why.put("offset", offset);
    }
    why.put("at", object.at());
    objects.put(key + ".json", "application/json", Json.bytes(why));
  }
}

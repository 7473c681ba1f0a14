package org.studygate.inbox;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.department.Departments;
import org.studygate.json.Json;
import org.studygate.objects.Objects;
import org.studygate.platform.Log;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;

/// Where objects go that we cannot use, each with its reason beside it, and told to whoever sent
/// it. Nothing is lost, no study is touched, and nobody tries again.
public final class Quarantine {
  private static final String NOBODY = "(unknown)";

  private final Objects objects;
  private final Departments departments;
  private final Receipts receipts;
  private final Log log;

  public Quarantine(Objects objects, Departments departments, Receipts receipts, Log log) {
    this.objects = objects;
    this.departments = departments;
    this.receipts = receipts;
    this.log = log;
  }

  /// @param reason a stable code of docs/receipts.md
  /// @param detail a sentence that says what to do; never content of the object
  /// @param offset where in the object the fault lies, -1 if nowhere in particular
  public void keep(InboxObject object, String reason, String detail, long offset)
      throws IOException {
    keep(object, reason, detail, offset, Receipt.About.NOTHING);
  }

  /// @param about what the hospital finds it by
  public void keep(
      InboxObject object, String reason, String detail, long offset, Receipt.About about)
      throws IOException {
    var key = "quar/" + object.department().orElse("unknown") + "/" + object.id();
    if (!objects.copy(object.bucket(), object.key(), key)) {
      gone(object);
      return;
    }
    var why = new LinkedHashMap<String, Object>();
    why.put("key", object.key());
    why.put("reason", reason);
    why.put("detail", detail);
    if (offset >= 0) {
      why.put("offset", offset);
    }
    why.put("at", object.at());
    objects.put(key + ".json", "application/json", Json.bytes(why));
    told(object, "Quarantined", reason, detail, about);
  }

  /// It has been told of, and is not in the inbox any more: a dead letter was sent back too late.
  /// Only whoever sent it can send it again.
  public void gone(InboxObject object) {
    log.warn("object-gone", Map.of("object", object.id()));
    told(
        object,
        "ObjectGone",
        "object-gone",
        "The object was not handled in time and is not in the inbox any more. Send it again.",
        Receipt.About.NOTHING);
  }

  private void told(
      InboxObject object, String metric, String code, String sentence, Receipt.About about) {
    var department = object.department().filter(id -> departments.find(id).isPresent());
    log.metric(metric, 1, Map.of("department", department.orElse(NOBODY)));
    department.ifPresent(
        id ->
            receipts.tell(
                new Receipt(id, Optional.of(object.key()), code, sentence, object.at(), about)));
  }
}

package org.studygate.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.studygate.audit.Log;
import org.studygate.department.Departments;
import org.studygate.json.Json;
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
    var department = object.department().filter(id -> departments.find(id).isPresent());
    log.metric("Quarantined", 1, Map.of("department", department.orElse(NOBODY)));
    department.ifPresent(id -> tell(id, object, reason, detail));
  }

  private void tell(String department, InboxObject object, String reason, String detail) {
    receipts.tell(
        new Receipt(
            department,
            Optional.of(object.key()),
            reason,
            detail,
            object.at(),
            Receipt.About.NOTHING));
  }
}

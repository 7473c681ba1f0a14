package org.studygate.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.studygate.json.JsonObject;
import org.studygate.notice.Delivery;
import org.studygate.platform.Deadline;
import org.studygate.platform.Log;

/// What the stream of the Outbox table brings, one message after the other.
record Records(Delivery delivery, Log log) {
  /// Those that are to be told again.
  List<Map<String, String>> unsent(JsonObject told, Deadline deadline) {
    var failures = new ArrayList<Map<String, String>>();
    for (var change : told.objects("Records")) {
      if (change.string("eventName").equals("INSERT")) {
        var item = change.object("dynamodb");
        if (!sent(item, deadline)) {
          failures.add(Map.of("itemIdentifier", item.string("SequenceNumber")));
        }
      }
    }
    return failures;
  }

  private boolean sent(JsonObject item, Deadline deadline) {
    if (!deadline.leaves(Delivery.LONGEST)) {
      return false;
    }
    try {
      delivery.deliver(item.object("Keys").object("message_id").string("S"));
      return true;
    } catch (RuntimeException failure) {
      log.error("message-not-sent", Map.of("record", item.string("SequenceNumber")), failure);
      return false;
    }
  }
}

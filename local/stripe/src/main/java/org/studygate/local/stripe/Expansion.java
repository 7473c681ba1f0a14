package org.studygate.local.stripe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.studygate.local.stripe.Ledger.Batch;

/// `expand`: an id gives way to its object.
final class Expansion {
  private static final Map<String, String> KINDS =
      Map.of(
          "payment_intent", Payments.INTENT,
          "latest_charge", Payments.CHARGE,
          "charge", Payments.CHARGE);

  private static final int DEEPEST = 4;

  private Expansion() {}

  static Doc of(Batch batch, Doc doc, List<String> paths) {
    var expanded = doc;
    var byFirst = new LinkedHashMap<String, List<String>>();
    for (var path : paths) {
      if (path.split("\\.", -1).length > DEEPEST) {
        throw Refusal.invalid("You cannot expand more than 4 levels of a property.", "expand");
      }
      var dot = path.indexOf('.');
      var first = dot < 0 ? path : path.substring(0, dot);
      var rest = byFirst.computeIfAbsent(first, _ -> new ArrayList<>());
      if (dot >= 0) {
        rest.add(path.substring(dot + 1));
      }
    }
    for (var entry : byFirst.entrySet()) {
      expanded = one(batch, expanded, entry.getKey(), entry.getValue());
    }
    return expanded;
  }

  private static Doc one(Batch batch, Doc doc, String name, List<String> rest) {
    if (name.equals("line_items") && doc.is("object", Payments.SESSION)) {
      return doc.with(name, lineItems(batch, doc));
    }
    if (name.equals("refunds") && doc.is("object", Payments.CHARGE)) {
      var refunds = Payments.newest(batch, Payments.REFUND, Map.of("charge", doc.id()));
      return doc.with(name, Shapes.list(refunds, false, "/v1/charges/" + doc.id() + "/refunds"));
    }
    var kind = KINDS.get(name);
    if (kind == null || !doc.fields().containsKey(name)) {
      throw Refusal.invalid("This property cannot be expanded (" + name + ").", "expand");
    }
    var inner = batch.find(kind, doc.text(name));
    return inner.isEmpty() ? doc : doc.with(name, of(batch, inner.get(), rest));
  }

  static Doc lineItems(Batch batch, Doc session) {
    var kept = batch.find("kept", Shapes.keptId(session.id())).orElseThrow();
    return Shapes.list(
        List.of(kept.doc("item")), false, "/v1/checkout/sessions/" + session.id() + "/line_items");
  }
}

package org.studygate.local.stripe;

import java.util.List;
import java.util.Map;
import org.studygate.local.stripe.Ledger.Batch;

/// `expand`: an id gives way to its object.
final class Expansion {
  private static final Map<String, String> KINDS =
      Map.of("payment_intent", Payments.INTENT, "latest_charge", Payments.CHARGE);

  private Expansion() {}

  static Doc of(Batch batch, Doc doc, List<String> paths) {
    var expanded = doc;
    for (var path : paths) {
      expanded = one(batch, expanded, path);
    }
    return expanded;
  }

  private static Doc one(Batch batch, Doc doc, String path) {
    var dot = path.indexOf('.');
    var name = dot < 0 ? path : path.substring(0, dot);
    var rest = dot < 0 ? List.<String>of() : List.of(path.substring(dot + 1));
    if (name.equals("line_items") && doc.is("object", Payments.SESSION)) {
      return doc.with(name, lineItems(batch, doc));
    }
    if (name.equals("refunds") && doc.is("object", Payments.CHARGE)) {
      var refunds = Payments.newest(batch, Payments.REFUND, Map.of("charge", doc.id()));
      return doc.with(name, Shapes.list(refunds, "/v1/charges/" + doc.id() + "/refunds", false));
    }
    var kind = KINDS.get(name);
    if (kind == null || !doc.fields().containsKey(name)) {
      throw Refusal.invalid("This property cannot be expanded (" + name + ").", "expand");
    }
    return batch
        .find(kind, doc.text(name))
        .map(inner -> doc.with(name, of(batch, inner, rest)))
        .orElse(doc);
  }

  static Doc lineItems(Batch batch, Doc session) {
    var kept = batch.find("kept", Shapes.keptId(session.id())).orElseThrow();
    var url = "/v1/checkout/sessions/" + session.id() + "/line_items";
    return Shapes.list(List.of(kept.doc("item")), url, false);
  }
}

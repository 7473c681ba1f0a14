package org.studygate.study;

import java.nio.charset.StandardCharsets;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// What an instance says of whose it is.
///
/// @param accession that of its order's id ([OrderId#of]); empty if it has none that can be used
public record Whose(Person person, String accession) {
  /// As it stands in a table.
  String text() {
    return Json.text(this);
  }

  static Whose parse(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    return new Whose(Person.read(json.object("person")), json.string("accession"));
  }

  @Override
  public String toString() {
    return "Whose[…]";
  }
}

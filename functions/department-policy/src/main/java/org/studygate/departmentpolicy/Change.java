package org.studygate.departmentpolicy;

import java.util.Optional;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;

/// What a page sends: the whole department as it should be, and which version was edited.
record Change(Optional<String> department, long version, JsonObject policy) {
  static Change read(JsonObject json) {
    var department = json.optionalString("department");
    var version =
        json.optionalLong("version")
            .filter(number -> number > 0)
            .orElseThrow(() -> Problem.BAD_REQUEST.refusal("version"));
    var policy =
        json.optionalObject("policy").orElseThrow(() -> Problem.BAD_REQUEST.refusal("policy"));
    json.done();
    return new Change(department, version, policy);
  }
}

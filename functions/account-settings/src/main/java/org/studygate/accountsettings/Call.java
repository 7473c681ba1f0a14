package org.studygate.accountsettings;

import org.studygate.access.Principal;
import org.studygate.access.Visit;
import org.studygate.http.HttpRequest;
import org.studygate.http.Problem;
import org.studygate.json.JsonObject;

/// A call of somebody who has signed in with an account.
record Call(Visit visit, Principal.Professional who, HttpRequest request) {
  /// Whoever came in with a number has no account: there is nothing here then.
  static Call of(Visit visit, HttpRequest request) {
    if (!(visit.principal() instanceof Principal.Professional who)) {
      throw Problem.NOT_FOUND.refusal();
    }
    return new Call(visit, who, request);
  }

  String account() {
    return who.account();
  }

  String id() {
    return request.pathParameter("id");
  }

  JsonObject body() {
    return request.json();
  }

  String requestId() {
    return request.requestId();
  }

  @Override
  public String toString() {
    return "Call[" + request + "]";
  }
}

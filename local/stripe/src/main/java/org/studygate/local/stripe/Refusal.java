package org.studygate.local.stripe;

import java.util.LinkedHashMap;
import java.util.Map;

/// An answer that is not 200, in Stripe's words and shape.
final class Refusal extends RuntimeException {
  private static final String REQUEST = "invalid_request_error";

  private final int status;
  private final String type;
  private final String code;
  private final String param;

  /// An empty code or parameter is left out of the answer.
  private Refusal(int status, String type, String code, String message, String param) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
  }

  static Refusal unknown(String param) {
    return bad("parameter_unknown", "Received unknown parameter: " + param, param);
  }

  static Refusal missing(String param) {
    return bad("parameter_missing", "Missing required param: " + param + ".", param);
  }

  static Refusal invalid(String message, String param) {
    return bad("", message, param);
  }

  static Refusal bad(String code, String message, String param) {
    return new Refusal(400, REQUEST, code, message, param);
  }

  static Refusal absent(String object, String id, String param) {
    var message = "No such " + object + ": '" + id + "'";
    return new Refusal(404, REQUEST, "resource_missing", message, param);
  }

  static Refusal route(String method, String path) {
    var message = "The stand-in does not play " + method + " " + path + ".";
    return new Refusal(404, REQUEST, "", message, "");
  }

  static Refusal key(String message) {
    return new Refusal(401, REQUEST, "", message, "");
  }

  static Refusal otherParameters() {
    var message = "This idempotency key was first used with other parameters.";
    return new Refusal(400, "idempotency_error", "", message, "");
  }

  static Refusal tooLarge() {
    return new Refusal(413, REQUEST, "", "The request is too large.", "");
  }

  int status() {
    return status;
  }

  String line() {
    return String.valueOf(getMessage());
  }

  Map<String, Object> body() {
    var error = new LinkedHashMap<String, Object>();
    error.put("message", line());
    error.put("type", type);
    if (!code.isEmpty()) {
      error.put("code", code);
    }
    if (!param.isEmpty()) {
      error.put("param", param);
    }
    return Map.of("error", error);
  }
}

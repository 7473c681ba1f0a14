package org.studygate.local.stripe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    return new Refusal(
        404, REQUEST, "resource_missing", "No such " + object + ": '" + id + "'", param);
  }

  static Refusal route(String method, String path) {
    return new Refusal(
        404,
        REQUEST,
        "",
        "Unrecognized request URL (" + method + ": " + path + "): the stand-in does not play it.",
        "");
  }

  static Refusal key(String message) {
    return new Refusal(401, REQUEST, "", message, "");
  }

  static Refusal otherParameters(String key) {
    return new Refusal(
        400,
        "idempotency_error",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with. Try using a key other than '"
            + key
            + "' if you meant to execute a different request.",
        "");
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
    text(code).ifPresent(value -> error.put("code", value));
    text(code)
        .ifPresent(
            value ->
                error.put(
                    "doc_url", "https://stripe.com/docs/error-codes/" + value.replace('_', '-')));
    error.put("message", line());
    text(param).ifPresent(value -> error.put("param", value));
    error.put("type", type);
    return Map.of("error", error);
  }

  private static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }
}

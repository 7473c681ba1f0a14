package org.studygate.http;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.studygate.json.Json;
import org.studygate.platform.Gzip;

/// An answer: status, headers, cookies and a body. Personal by default, so never stored by anybody.
///
/// @param base64 whether the body stands for bytes and not for text
public record HttpResponse(
    int status, Map<String, String> headers, List<String> cookies, String body, boolean base64) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int WORTH_PACKING = 1024;

  public HttpResponse {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  public HttpResponse(int status, Map<String, String> headers, List<String> cookies, String body) {
    this(status, headers, cookies, body, false);
  }

  /// A picture that is nobody's secret.
  public static HttpResponse picture(String type, String base64) {
    return new HttpResponse(200, personal(type), List.of(), base64, true);
  }

  /// A document that the browser shows, for its reader alone.
  public static HttpResponse document(String type, String base64) {
    return new HttpResponse(200, personal(type), List.of(), base64, true)
        .with("content-disposition", "inline");
  }

  public static HttpResponse json(int status, Object body) {
    return new HttpResponse(status, personal("application/json"), List.of(), Json.text(body));
  }

  public static HttpResponse ok(Object body) {
    return json(200, body);
  }

  public static HttpResponse noContent() {
    return new HttpResponse(204, Map.of("cache-control", "no-store"), List.of(), "");
  }

  static HttpResponse problem(Problem.Refusal refusal, String requestId) {
    return refusal.more().isEmpty()
        ? problem(refusal.problem(), refusal.parameter(), requestId)
        : problem(refusal.problem(), refusal.more(), requestId);
  }

  public static HttpResponse problem(Problem problem, String requestId) {
    return problem(problem, "", requestId);
  }

  /// A problem with more to say than its code.
  public static HttpResponse problem(Problem problem, Map<String, Object> more, String requestId) {
    var body = body(problem, requestId);
    body.putAll(more);
    return problem(problem, body);
  }

  private static HttpResponse problem(Problem problem, String parameter, String requestId) {
    var body = body(problem, requestId);
    if (!parameter.isEmpty()) {
      body.put("parameter", parameter);
    }
    return problem(problem, body);
  }

  private static Map<String, Object> body(Problem problem, String requestId) {
    var body = new LinkedHashMap<String, Object>();
    body.put("code", problem.code());
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("requestId", requestId);
    return body;
  }

  private static HttpResponse problem(Problem problem, Map<String, Object> body) {
    return new HttpResponse(
        problem.status(), personal("application/problem+json"), List.of(), Json.text(body));
  }

  /// A problem that tells when to come again.
  public static HttpResponse tooMany(Instant now, Instant retryAt, String requestId) {
    var seconds = Math.max(1, Duration.between(now, retryAt).toSeconds());
    return problem(Problem.TOO_MANY_REQUESTS, requestId)
        .with("retry-after", Long.toString(seconds));
  }

  public HttpResponse with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, cookies, body, base64);
  }

  /// The same, compressed where the caller takes it and it is long enough. Not for answers that
  /// show text of the request beside a secret: their length would tell of the secret.
  public HttpResponse packed(HttpRequest request) {
    var same = with("vary", "accept-encoding, x-accept-encoding");
    if (body.length() < WORTH_PACKING || !request.takesGzip()) {
      return same;
    }
    var packed =
        Base64.getEncoder().encodeToString(Gzip.packed(body.getBytes(StandardCharsets.UTF_8)));
    return new HttpResponse(
        status, same.with("content-encoding", "gzip").headers, cookies, packed, true);
  }

  public HttpResponse withCookie(String cookie) {
    var more = Stream.concat(cookies.stream(), Stream.of(cookie)).toList();
    return new HttpResponse(status, headers, more, body, base64);
  }

  private static Map<String, String> personal(String type) {
    return Map.of(
        "content-type", type, "cache-control", "no-store", "x-content-type-options", "nosniff");
  }

  void write(OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status);
      json.writeObjectFieldStart("headers");
      for (var header : headers.entrySet()) {
        json.writeStringField(header.getKey(), header.getValue());
      }
      json.writeEndObject();
      if (!cookies.isEmpty()) {
        json.writeArrayFieldStart("cookies");
        for (var cookie : cookies) {
          json.writeString(cookie);
        }
        json.writeEndArray();
      }
      json.writeStringField("body", body);
      json.writeBooleanField("isBase64Encoded", base64);
      json.writeEndObject();
    }
  }
}

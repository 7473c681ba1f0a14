package org.studygate.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.studygate.json.JsonObject;

/// One call as API Gateway hands it over (payload format 2.0). Header names are lower case.
///
/// @param route as the template writes it, `GET /api/studies/{id}` for example
/// @param path the address itself, decoded by the gateway, as the path parameters are
public record HttpRequest(
    String route,
    String path,
    String rawQuery,
    Map<String, String> headers,
    List<String> cookies,
    Map<String, String> pathParameters,
    String sourceAddress,
    String requestId,
    String body) {
  private static final JsonFactory JSON = new JsonFactory();
  /// Named, and not by `q=0` as what it does not want.
  private static final Pattern GZIP =
      Pattern.compile(
          "gzip(\\s*;\\s*q=(1(\\.0{1,3})?|0\\.(?!0{1,3}$)\\d{1,3}))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{8,128}");

  private static final Pattern STEP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern PATH = Pattern.compile("(/" + STEP.pattern() + "){1,8}");

  public HttpRequest {
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
    pathParameters = Map.copyOf(pathParameters);
  }

  public static HttpRequest read(InputStream event) throws IOException {
    var strings = new LinkedHashMap<String, String>();
    var headers = new LinkedHashMap<String, String>();
    var parameters = new LinkedHashMap<String, String>();
    var cookies = new ArrayList<String>();
    var base64 = false;
    try (var parser = JSON.createParser(event)) {
      var path = new ArrayList<String>();
      String name = "";
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case FIELD_NAME -> name = parser.currentName();
          case START_OBJECT, START_ARRAY -> path.add(name);
          case END_OBJECT, END_ARRAY -> path.removeLast();
          case VALUE_STRING -> {
            var within = path.getLast();
            switch (within) {
              case "headers" -> headers.put(name.toLowerCase(Locale.ROOT), parser.getText());
              case "cookies" -> cookies.add(parser.getText());
              case "pathParameters" -> parameters.put(name, parser.getText());
              default ->
                  strings.put(within.isEmpty() ? name : within + "." + name, parser.getText());
            }
          }
          case VALUE_TRUE ->
              base64 |= token == JsonToken.VALUE_TRUE && name.equals("isBase64Encoded");
          default -> {}
        }
      }
    }
    var body = strings.getOrDefault("body", "");
    return new HttpRequest(
        strings.getOrDefault("routeKey", ""),
        strings.getOrDefault("rawPath", ""),
        strings.getOrDefault("rawQueryString", ""),
        headers,
        cookies,
        parameters,
        clientAddress(headers, strings.getOrDefault("http.sourceIp", "")),
        strings.getOrDefault("requestContext.requestId", ""),
        base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body);
  }

  /// API Gateway sees CloudFront; CloudFront tells whom it sees, with the port behind the last
  /// colon.
  /// Only calls with the origin secret are heard at all, so nobody else can have written it.
  private static String clientAddress(Map<String, String> headers, String caller) {
    var viewer = headers.getOrDefault("cloudfront-viewer-address", "");
    var port = viewer.lastIndexOf(':');
    return port > 0 ? viewer.substring(0, port) : caller;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The name of an act that is done once however often it is asked for; empty where none is given,
  /// or one that cannot be.
  public Optional<String> idempotencyKey() {
    return header("idempotency-key").filter(IDEMPOTENCY_KEY.asMatchPredicate());
  }

  /// Whether the caller says that it reads answers packed with gzip: by a header of its own, since
  /// CloudFront hands on no `Accept-Encoding`.
  boolean takesGzip() {
    return Stream.of(header("x-accept-encoding"), header("accept-encoding"))
        .flatMap(Optional::stream)
        .flatMap(header -> Arrays.stream(header.split(",")))
        .map(String::strip)
        .anyMatch(GZIP.asMatchPredicate());
  }

  public Optional<String> cookie(String name) {
    var prefix = name + "=";
    return cookies.stream()
        .filter(cookie -> cookie.startsWith(prefix))
        .map(cookie -> cookie.substring(prefix.length()))
        .findFirst();
  }

  public String pathParameter(String name) {
    return Optional.ofNullable(pathParameters.get(name)).orElseThrow(Problem.NOT_FOUND::refusal);
  }

  /// What the query says for a parameter of this route; `HttpFunction` has read it as a whole.
  public Optional<String> query(Parameter parameter) {
    return Query.value(rawQuery, parameter);
  }

  /// Refuses a query that says anything else than what the route takes.
  void checkQuery(List<Parameter> known) {
    Query.check(rawQuery, known);
  }

  /// Whether the address is written as ours are, without anything that one reader takes for
  /// another thing than the next: encoded letters, doubled slashes, dots as steps, a parameter with
  /// a slash in it. So what is asked for here is what the gateway has let through.
  boolean isPlain() {
    return PATH.matcher(path).matches()
        && pathParameters.values().stream().allMatch(value -> STEP.matcher(value).matches());
  }

  /// The length of the body as it was sent, which its letters do not tell.
  public long bodyBytes() {
    return body.codePoints().mapToLong(HttpRequest::bytes).sum();
  }

  private static long bytes(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  public JsonObject json() {
    return JsonObject.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  boolean changesState() {
    return !route.startsWith("GET ");
  }

  /// Never the content of a call.
  @Override
  public String toString() {
    return "HttpRequest[" + route + ", requestId=" + requestId + "]";
  }
}

package org.studygate.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import org.studygate.json.BadJson;
import org.studygate.platform.Log;
import org.studygate.platform.OriginSecret;
import org.studygate.platform.Platform;

/// What every function behind the HTTP API shares: the guards in front, one place that makes
/// problems of refusals,
/// and priming before a SnapStart snapshot. A handler adds `handle` and nothing else.
public abstract class HttpFunction implements RequestStreamHandler, Resource {
  private static final int MAX_BODY = 16 * 1024;
  private static final String JSON_TYPE = "application/json";
  private static final String PRIMING =
      """
      {"version":"2.0","routeKey":"GET /api/priming","rawPath":"/api/priming","rawQueryString":"",
       "cookies":["__Host-session=priming","session=priming"],
       "headers":{"content-type":"application/json","x-studygate":"1"},
       "requestContext":{"http":{"method":"GET","sourceIp":"192.0.2.1"},"requestId":"priming"},
       "body":"{}","isBase64Encoded":false}
      """;

  private final OriginSecret origin;
  private final String publicOrigin;
  private final Log log;

  @SuppressWarnings("this-escape") // CRaC holds it weakly and calls back long after construction
  protected HttpFunction(Platform platform) {
    this.origin = OriginSecret.of(platform);
    this.publicOrigin = platform.environment().publicOrigin().toString();
    this.log = platform.log();
    Core.getGlobalContext().register(this);
  }

  protected abstract HttpResponse handle(HttpRequest request);

  /// One read with an impossible key: the way of a request without any effect.
  protected abstract void prime();

  @Override
  public final void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    answer(HttpRequest.read(event)).write(answer);
  }

  public final HttpResponse answer(HttpRequest request) {
    try {
      guard(request);
      return handle(request);
    } catch (Problem.Refusal refusal) {
      return HttpResponse.problem(refusal, request.requestId());
    } catch (BadJson malformed) {
      log.info(
          "request-malformed",
          Map.of("requestId", request.requestId(), "why", malformed.getMessage()));
      return HttpResponse.problem(Problem.BAD_REQUEST, request.requestId());
    } catch (RuntimeException failure) {
      log.error("request-failed", Map.of("requestId", request.requestId()), failure);
      return HttpResponse.problem(Problem.INTERNAL, request.requestId());
    }
  }

  private void guard(HttpRequest request) {
    if (!origin.matches(request.header("x-studygate-origin").orElse(""))) {
      throw Problem.FORBIDDEN.refusal(); // came around CloudFront, so around the firewall
    }
    if (!request.isPlain()) {
      throw Problem.NOT_FOUND.refusal();
    }
    if (request.bodyBytes() > maxBody()) {
      throw Problem.TOO_LARGE.refusal();
    }
    if (guarded() && !request.header("origin").orElse(publicOrigin).equals(publicOrigin)) {
      throw Problem.FORBIDDEN.refusal(); // another site's, `null` and our own sibling's too
    }
    if (request.changesState() && guarded()) {
      if (!request
          .header("content-type")
          .orElse("")
          .split(";", 2)[0]
          .trim()
          .equalsIgnoreCase(JSON_TYPE)) {
        throw Problem.UNSUPPORTED_MEDIA_TYPE.refusal();
      }
      if (!request.header("x-studygate").orElse("").equals("1") || !sameSite(request)) {
        throw Problem.FORBIDDEN.refusal(); // another site's form or script
      }
    }
    request.checkQuery(parameters().getOrDefault(request.route(), List.of()));
  }

  /// What the routes of this function take in their queries; all others take nothing. What is not
  /// named here is refused before anything is done.
  public Map<String, List<Parameter>> parameters() {
    return Map.of();
  }

  private static boolean sameSite(HttpRequest request) {
    var site = request.header("sec-fetch-site").orElse("same-origin");
    return site.equals("same-origin") || site.equals("none");
  }

  /// Calls by machines (webhooks) bring their own proof instead of a header of ours.
  protected boolean guarded() {
    return true;
  }

  protected int maxBody() {
    return MAX_BODY;
  }

  @Override
  public final void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      warm();
    } catch (IOException | RuntimeException notPrimed) {
      log.error("priming-failed", notPrimed);
    }
  }

  /// The whole way of a call that asks for nothing there is, so that the first patient does not
  /// wait
  /// for classes: a secret that does not exist, a request, one read, an answer. Nothing is written
  /// and no secret is fetched.
  private void warm() throws IOException {
    origin.prime();
    prime();
    var event = new ByteArrayInputStream(PRIMING.getBytes(StandardCharsets.UTF_8));
    var request = HttpRequest.read(event);
    try {
      handle(request).write(OutputStream.nullOutputStream());
    } catch (Problem.Refusal | BadJson expected) {
      HttpResponse.problem(Problem.NOT_FOUND, "priming").write(OutputStream.nullOutputStream());
    }
    HttpResponse.ok(Map.of("next", "priming")).write(OutputStream.nullOutputStream());
  }

  @Override
  public final void afterRestore(org.crac.Context<? extends Resource> context) {
    origin.forget();
  }
}

package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.studygate.local.template.Template;

/// The static pages with the headers that the template's CloudFront puts on them; addresses of the
/// studies bucket are those of the local S3.
final class Pages {
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private static final Pattern WITHIN =
      Pattern.compile("professional/[a-z]+(/[0-9a-z]+(/access)?)?");

  private final Path folder;
  private final Map<String, String> pageHeaders;
  private final Map<String, String> assetHeaders;
  private final Map<String, String> decoderHeaders;

  Pages(Path folder, Template template, Names names, Settings settings) {
    this.folder = folder;
    this.pageHeaders = headers("PageHeaders", template, names, settings);
    this.assetHeaders = headers("AssetHeaders", template, names, settings);
    this.decoderHeaders = headers("DecoderHeaders", template, names, settings);
  }

  private static Map<String, String> headers(
      String policy, Template template, Names names, Settings settings) {
    var headers = new LinkedHashMap<String, String>();
    var resource = template.find(policy);
    if (resource.isEmpty()) {
      return headers;
    }
    var config = resource.get().properties().at("ResponseHeadersPolicyConfig");
    headers.put(
        "content-security-policy",
        config
            .at("SecurityHeadersConfig", "ContentSecurityPolicy", "ContentSecurityPolicy")
            .text(names)
            .replace("https://" + Names.S3_HOST, settings.s3().toString()));
    headers.put("x-content-type-options", "nosniff");
    headers.put("referrer-policy", "no-referrer");
    headers.put("x-frame-options", "DENY");
    for (var item : config.at("CustomHeadersConfig", "Items").list()) {
      headers.put(item.at("Header").text(), item.at("Value").text(names));
    }
    return headers;
  }

  void serve(HttpExchange exchange) throws IOException {
    var method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      Replies.send(exchange, 405, new byte[0]);
      return;
    }
    var file = file(exchange.getRequestURI().getPath());
    var found = file.startsWith(folder) && Files.isRegularFile(file);
    var shown = found ? file : folder.resolve("404.html");
    (found ? headers(folder.relativize(file)) : pageHeaders)
        .forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("content-type", type(shown));
    var body =
        Files.isRegularFile(shown)
            ? Files.readAllBytes(shown)
            : "There is nothing here.".getBytes(StandardCharsets.UTF_8);
    Replies.send(exchange, found ? 200 : 404, body);
  }

  private Map<String, String> headers(Path file) {
    if (!file.startsWith("assets")) {
      return pageHeaders;
    }
    return file.getFileName().toString().startsWith("decodeImageFrameWorker-")
        ? decoderHeaders
        : assetHeaders;
  }

  /// `/code` is `code.html`; whatever lies below `/professional` is one page.
  private Path file(String path) {
    var name = path.substring(1);
    if (name.isEmpty()) {
      name = "index.html";
    } else if (WITHIN.matcher(name).matches()) {
      name = "professional.html";
    } else if (!name.contains(".")) {
      name += ".html";
    }
    return folder.resolve(name).normalize();
  }

  private static String type(Path file) {
    var name = file.getFileName().toString();
    return TYPES.getOrDefault(
        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
  }
}

package org.studygate.local.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Form fields with nested names, `a[0][b]=c`, as a tree of maps; `a[]` counts for itself.
final class Form {
  private static final int MOST_FIELDS = 1_000;
  private static final int DEEPEST = 6;

  private Form() {}

  static Map<String, Object> parse(String encoded) {
    var root = new LinkedHashMap<String, Object>();
    if (encoded.isEmpty()) {
      return root;
    }
    var pairs = encoded.split("&", -1);
    if (pairs.length > MOST_FIELDS) {
      throw Refusal.invalid("Too many parameters.", "");
    }
    for (var pair : pairs) {
      var equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      put(root, name, value);
    }
    return root;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalid("The request is not well encoded.", "");
    }
  }

  @SuppressWarnings("unchecked") // maps in the tree are made here alone
  private static void put(Map<String, Object> root, String name, String value) {
    var open = name.indexOf('[');
    var first = open < 0 ? name : name.substring(0, open);
    var rest = open < 0 ? "" : name.substring(open);
    if (first.isEmpty() || (!rest.isEmpty() && !rest.endsWith("]"))) {
      throw Refusal.unknown(name);
    }
    var path =
        rest.isEmpty() ? new String[0] : rest.substring(1, rest.length() - 1).split("]\\[", -1);
    if (path.length > DEEPEST) {
      throw Refusal.unknown(name);
    }
    var map = root;
    var key = first;
    for (var step : path) {
      var inner = map.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
      if (!(inner instanceof Map<?, ?>)) {
        throw Refusal.invalid("Invalid object", name);
      }
      map = (Map<String, Object>) inner;
      key = step.isEmpty() ? Integer.toString(map.size()) : step;
    }
    if (map.put(key, value) instanceof Map<?, ?>) {
      throw Refusal.invalid("Invalid object", name);
    }
  }
}

package org.studygate.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.studygate.local.template.Template;
import org.studygate.local.template.Value;

/// What the roles of `template.yaml` allow, asked by the class of a handler. Resources are told by
/// their logical ids: `StudiesTable`, `StudiesTable/index/ByDue`, `StudiesBucket/p10/…`.
final class Roles {
  private final Map<String, List<Statement>> byHandler = new HashMap<>();

  Roles(Template template) {
    for (var function : template.functions()) {
      var role = template.find(function.role()).orElseThrow();
      byHandler.put(function.handler(), statements(role.properties()));
    }
  }

  /// Empty where no function of the template has this handler.
  Optional<Boolean> allows(String handler, String action, String resource) {
    return Optional.ofNullable(byHandler.get(handler))
        .map(
            statements ->
                statements.stream().anyMatch(s -> s.allow() && s.covers(action, resource))
                    && statements.stream()
                        .noneMatch(s -> !s.allow() && s.covers(action, resource)));
  }

  private static List<Statement> statements(Value role) {
    return role.at("Policies").list().stream()
        .flatMap(policy -> policy.at("PolicyDocument", "Statement").list().stream())
        .map(
            one ->
                new Statement(
                    one.at("Effect").text().equals("Allow"),
                    texts(one.at("Action")),
                    texts(one.at("Resource"))))
        .toList();
  }

  /// Partition, region and account are the same for all.
  private static List<String> texts(Value oneOrMore) {
    return oneOrMore.list().stream()
        .map(one -> one.text((name, _) -> name.startsWith("AWS::") ? "x" : name))
        .toList();
  }

  private record Statement(boolean allow, List<String> actions, List<String> resources) {
    boolean covers(String action, String resource) {
      return actions.contains(action) && resources.stream().anyMatch(one -> matches(one, resource));
    }

    private static boolean matches(String pattern, String resource) {
      if (pattern.startsWith("arn:")) { // identities and topics: only the service can be told here
        return resource.startsWith(pattern.split(":", -1)[2] + ":");
      }
      var slash = pattern.indexOf('/');
      var name = slash < 0 ? pattern : pattern.substring(0, slash);
      var rest = slash < 0 ? "" : pattern.substring(slash);
      var called = resource.indexOf('/');
      var physical = called < 0 ? resource : resource.substring(0, called);
      var path = called < 0 ? "" : resource.substring(called);
      return pattern.equals("*")
          || (same(name, physical)
              && (rest.endsWith("*")
                  ? path.startsWith(rest.substring(0, rest.length() - 1))
                  : path.equals(rest)));
    }

    /// Tests and local stack call things by their logical ids, or nearly: `studygate-inbox`.
    private static boolean same(String logical, String physical) {
      var bare = logical.toLowerCase(Locale.ROOT);
      var called = physical.toLowerCase(Locale.ROOT).replace("-", "");
      return called.endsWith(bare) || called.endsWith(bare.replaceAll("(table|bucket|queue)$", ""));
    }
  }
}

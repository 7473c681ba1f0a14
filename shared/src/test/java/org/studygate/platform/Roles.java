package org.studygate.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// What the roles of `template.yaml` allow, asked by the class of a handler. Resources are told by
/// their logical ids: `StudiesTable`, `StudiesTable/index/ByDue`, `StudiesBucket/p10/…`.
final class Roles {
  private final Map<String, List<Statement>> byHandler = new HashMap<>();

  private Roles(Map<String, Object> template) {
    var resources = map(template.get("Resources"));
    resources.forEach(
        (name, resource) -> {
          if ("AWS::Serverless::Function".equals(map(resource).get("Type"))) {
            var properties = map(map(resource).get("Properties"));
            var role = text(properties.get("Role")).replace(".Arn", "");
            byHandler.put(
                text(properties.get("Handler")),
                statements(map(map(resources.get(role)).get("Properties"))));
          }
        });
  }

  static Roles ofTemplate() {
    var template = Path.of("template.yaml");
    for (var up = Path.of(""); !Files.exists(template); ) {
      up = up.resolve("..");
      template = up.resolve("template.yaml");
    }
    try {
      return new Roles(map(new Yaml(new BareTags()).load(Files.readString(template))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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

  private static List<Statement> statements(Map<String, Object> role) {
    var all = new ArrayList<Statement>();
    for (var policy : list(role.get("Policies"))) {
      for (var statement : list(map(map(policy).get("PolicyDocument")).get("Statement"))) {
        var one = map(statement);
        all.add(
            new Statement(
                "Allow".equals(one.get("Effect")),
                texts(one.get("Action")),
                texts(one.get("Resource")).stream().map(Roles::logical).toList()));
      }
    }
    return all;
  }

  /// `BucketsTable.Arn` and `${StudiesBucket.Arn}/p10/*` without what stands around the name.
  private static String logical(String resource) {
    return resource.replaceAll("\\$?\\{?(\\w+)\\.Arn\\}?", "$1");
  }

  private record Statement(boolean allow, List<String> actions, List<String> resources) {
    boolean covers(String action, String resource) {
      return actions.contains(action) && resources.stream().anyMatch(one -> matches(one, resource));
    }

    private static boolean matches(String pattern, String resource) {
      if (pattern.startsWith("arn:")) { // identities and topics: only the service can be told here
        return resource.startsWith(
            pattern.replaceAll("\\$\\{[^}]*\\}", "x").split(":", -1)[2] + ":");
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

  private static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> many
        ? many.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> many ? many : List.of();
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> some ? (Map<String, Object>) some : Map.of();
  }

  /// `!GetAtt X.Arn`, `!Ref X` and `!Sub …` as the text behind the tag.
  private static final class BareTags extends SafeConstructor {
    BareTags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return node instanceof ScalarNode scalar ? scalar.getValue() : "";
            }
          });
    }
  }
}

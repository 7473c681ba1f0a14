package org.studygate.checks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/// The functions of `template.yaml`.
final class TemplateFile {
  private TemplateFile() {}

  /// @param name in the template
  /// @param folder under `functions/`
  /// @param routed whether somebody waits for its answers
  record Function(String name, String folder, String handler, boolean routed) {}

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  static Map<String, Function> functions() throws IOException {
    Map<String, Object> yaml =
        new Yaml(new IgnoringCalls()).load(Files.readString(Path.of("../template.yaml")));
    var functions = new TreeMap<String, Function>();
    var resources = (Map<String, Map<String, Object>>) requireNonNull(yaml.get("Resources"));
    resources.forEach(
        (name, resource) -> {
          if ("AWS::Serverless::Function".equals(resource.get("Type"))) {
            var properties = (Map<String, Object>) requireNonNull(resource.get("Properties"));
            var folder = String.valueOf(properties.get("CodeUri")).split("/", -1)[1];
            var handler = String.valueOf(properties.get("Handler"));
            var events =
                (Map<String, Map<String, Object>>) requireNonNull(properties.get("Events"));
            var routed =
                events.values().stream().anyMatch(event -> "HttpApi".equals(event.get("Type")));
            functions.put(folder, new Function(name, folder, handler, routed));
          }
        });
    return functions;
  }

  private static final class IgnoringCalls extends SafeConstructor {
    IgnoringCalls() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return node.getTag().getValue();
            }
          });
    }
  }
}

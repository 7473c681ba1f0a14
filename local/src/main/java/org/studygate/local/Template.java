package org.studygate.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// `template.yaml` as the local stack needs it: resources by type, and values with CloudFormation's
/// references resolved by whoever knows what stands where.
final class Template {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private final Map<String, Map<String, Object>> resources;
  private final Map<String, Object> ofFunctions;

  private Template(Map<String, Map<String, Object>> resources, Map<String, Object> ofFunctions) {
    this.resources = resources;
    this.ofFunctions = ofFunctions;
  }

  static Template read(Path file) throws IOException {
    Map<String, Object> yaml = new Yaml(new Intrinsics()).load(Files.readString(file));
    return new Template(resources(yaml), map(map(yaml.get("Globals")).get("Function")));
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  private static Map<String, Map<String, Object>> resources(Map<String, Object> yaml) {
    return (Map<String, Map<String, Object>>)
        java.util.Objects.requireNonNull(yaml.get("Resources"));
  }

  /// A call of CloudFormation: `Ref`, `Sub`, `GetAtt`, …
  record Call(String name, Object argument) {}

  /// A resource: its logical name and properties.
  record Resource(String name, Map<String, Object> properties) {}

  List<Resource> ofType(String type) {
    var found = new ArrayList<Resource>();
    resources.forEach(
        (name, resource) -> {
          if (type.equals(resource.get("Type"))) {
            found.add(new Resource(name, map(resource.get("Properties"))));
          }
        });
    return found;
  }

  Optional<Resource> find(String name) {
    return Optional.ofNullable(resources.get(name))
        .map(resource -> new Resource(name, map(resource.get("Properties"))));
  }

  /// After how many seconds Lambda ends a function.
  int timeout(String function) {
    var own = find(function).orElseThrow().properties().get("Timeout");
    return number(own == null ? ofFunctions.get("Timeout") : own, 3);
  }

  /// A value as text. `names` answers what a resource or parameter (and its attribute, which may be
  /// empty) is called here.
  static String text(@Nullable Object value, BiFunction<String, String, String> names) {
    return switch (value) {
      case null -> "";
      case Call(var name, var argument) ->
          switch (name) {
            case "Ref" -> names.apply(String.valueOf(argument), "");
            case "GetAtt" -> attribute(String.valueOf(argument), names);
            case "Sub" -> filled(String.valueOf(argument), names);
            default -> throw new IllegalArgumentException("!" + name + " is not known here");
          };
      default -> value.toString();
    };
  }

  private static String attribute(String path, BiFunction<String, String, String> names) {
    var dot = path.indexOf('.');
    return dot < 0
        ? names.apply(path, "")
        : names.apply(path.substring(0, dot), path.substring(dot + 1));
  }

  private static String filled(String text, BiFunction<String, String, String> names) {
    return HOLE.matcher(text)
        .replaceAll(
            hole -> java.util.regex.Matcher.quoteReplacement(attribute(hole.group(1), names)));
  }

  @SuppressWarnings("unchecked") // the shape of a CloudFormation template
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static List<Map<String, Object>> maps(@Nullable Object value) {
    var maps = new ArrayList<Map<String, Object>>();
    if (value instanceof List<?> list) {
      list.forEach(one -> maps.add(map(one)));
    }
    return maps;
  }

  static int number(@Nullable Object value, int absent) {
    return value instanceof Integer number ? number : absent;
  }

  private static final class Intrinsics extends SafeConstructor {
    Intrinsics() {
      super(options());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return new Call(node.getTag().getValue().substring(1), argument(node));
            }
          });
    }

    private static LoaderOptions options() {
      var options = new LoaderOptions();
      options.setMaxAliasesForCollections(100);
      return options;
    }

    private Object argument(Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> new LinkedHashMap<>(constructMapping(mapping));
        default -> "";
      };
    }
  }
}

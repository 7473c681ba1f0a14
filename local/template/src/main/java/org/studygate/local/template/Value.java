package org.studygate.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
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

/// A place in the template, and what stands there: perhaps nothing. Calls of CloudFormation
/// (`!Ref`, `!GetAtt`, `!Sub`) are kept until somebody asks for text and says what things are
/// called.
public final class Value {
  private static final Pattern HOLE = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private final @Nullable Object it;

  private Value(@Nullable Object it) {
    this.it = it;
  }

  static Value of(String yaml) {
    return new Value(new Yaml(new Calls()).load(yaml));
  }

  private record Call(String name, Object argument) {}

  public Value at(String... path) {
    var place = this;
    for (var name : path) {
      place = new Value(place.it instanceof Map<?, ?> some ? some.get(name) : null);
    }
    return place;
  }

  public boolean isPresent() {
    return it != null;
  }

  /// None, where no mapping stands.
  public Map<String, Value> entries() {
    var entries = new LinkedHashMap<String, Value>();
    if (it instanceof Map<?, ?> some) {
      some.forEach((name, value) -> entries.put(String.valueOf(name), new Value(value)));
    }
    return entries;
  }

  /// One alone is a list of one, as AWS reads it.
  public List<Value> list() {
    return switch (it) {
      case null -> List.of();
      case List<?> many -> many.stream().map(Value::new).toList();
      default -> List.of(this);
    };
  }

  public int number(int absent) {
    return it instanceof Integer number ? number : absent;
  }

  /// Things are called by their logical names, whichever of their attributes is asked for.
  public String text() {
    return text((name, _) -> name);
  }

  /// @param names answers what a resource or parameter (and its attribute, which may be empty) is
  ///     called
  public String text(BinaryOperator<String> names) {
    return switch (it) {
      case null -> "";
      case Call(var call, var argument) ->
          switch (call) {
            case "Ref" -> names.apply(argument.toString(), "");
            case "GetAtt" -> attribute(argument.toString(), names);
            case "Sub" ->
                HOLE.matcher(argument.toString())
                    .replaceAll(hole -> Matcher.quoteReplacement(attribute(hole.group(1), names)));
            default -> throw new IllegalArgumentException("!" + call + " is no text here");
          };
      default -> it.toString();
    };
  }

  private static String attribute(String path, BinaryOperator<String> names) {
    var dot = path.indexOf('.');
    return dot < 0
        ? names.apply(path, "")
        : names.apply(path.substring(0, dot), path.substring(dot + 1));
  }

  private static final class Calls extends SafeConstructor {
    Calls() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return new Call(node.getTag().getValue().substring(1), argument(node));
            }
          });
    }

    private Object argument(Node node) {
      return switch (node) {
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> "";
      };
    }
  }
}

package org.studygate.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.studygate.json.Called;
import org.studygate.platform.TestFiles;
import org.yaml.snakeyaml.Yaml;

/// What a handler writes is what `docs/openapi.yaml` says of it, field by field, and so what the
/// pages believe: their types are made of the same file.
public final class TestContract {
  private final Map<String, Object> contract;

  public TestContract() {
    try {
      contract = new Yaml().load(Files.readString(TestFiles.fromTheRoot("docs/openapi.yaml")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public void holds(String schema, Class<?> answer) {
    same(schema, map(map(map(contract.get("components")).get("schemas")).get(schema)), answer);
  }

  /// Every field is always there; what may be missing is null.
  private void same(String where, Map<String, Object> schema, Class<?> type) {
    var properties = map(schema.get("properties"));
    var components = type.getRecordComponents();
    var written = Arrays.stream(components).map(TestContract::name).toList();
    assertThat(properties.keySet()).as(where).containsExactlyInAnyOrderElementsOf(written);
    assertThat(List.<Object>copyOf((List<?>) requireNonNull(schema.get("required"))))
        .as(where)
        .hasSameElementsAs(written);
    for (var component : components) {
      var name = where + "." + name(component);
      same(name, map(properties.get(name(component))), component.getGenericType());
    }
  }

  private void same(String where, Map<String, Object> schema, Type type) {
    var known = resolved(schema);
    var optional = type instanceof ParameterizedType of && of.getRawType() == Optional.class;
    assertThat(nullable(known)).as("%s may be null", where).isEqualTo(optional);
    var value = optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    var said = resolved(someOf(known));
    if (value instanceof ParameterizedType of && collection(of)) {
      same(where + "[]", map(said.get("items")), of.getActualTypeArguments()[0]);
    } else if (value instanceof Class<?> one && one.isRecord() && said.containsKey("properties")) {
      same(where, said, one);
    } else {
      assertThat(said).as("%s is a value or a map", where).doesNotContainKey("properties");
    }
  }

  private Map<String, Object> resolved(Map<String, Object> schema) {
    if (!schema.containsKey("$ref")) {
      return schema;
    }
    var name = String.valueOf(schema.get("$ref")).replace("#/components/schemas/", "");
    return resolved(map(map(map(contract.get("components")).get("schemas")).get(name)));
  }

  private static boolean nullable(Map<String, Object> schema) {
    if (schema.get("enum") instanceof List<?> values && values.stream().anyMatch(Objects::isNull)) {
      return true;
    }
    var all = schema.containsKey("anyOf") ? schema.get("anyOf") : schema.get("type");
    return all instanceof List<?> list
        && list.stream().anyMatch(one -> one.equals("null") || one.equals(Map.of("type", "null")));
  }

  private static Map<String, Object> someOf(Map<String, Object> schema) {
    return schema.get("anyOf") instanceof List<?> several ? map(several.getFirst()) : schema;
  }

  @SuppressWarnings("unchecked") // the shape of the contract
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static boolean collection(ParameterizedType type) {
    return type.getRawType() instanceof Class<?> raw && Collection.class.isAssignableFrom(raw);
  }

  private static String name(RecordComponent component) {
    var called = component.getAnnotation(Called.class);
    return called == null ? component.getName() : called.value();
  }
}

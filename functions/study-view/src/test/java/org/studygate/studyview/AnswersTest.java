package org.studygate.studyview;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/// What the server writes is what the contract says of it, field by field, and so what the pages
/// believe: their types are made of the same file.
final class AnswersTest {
  private final Map<String, Object> contract;

  AnswersTest() throws IOException {
    contract = new Yaml().load(Files.readString(Path.of("../../docs/openapi.yaml")));
  }

  @ParameterizedTest
  @CsvSource({
    "StudyList, StudyList",
    "Manifest, Manifest",
    "Series, SeriesView",
    "Instance, InstanceView",
    "Document, DocumentView",
    "Report, ReportView",
    "Accesses, Accesses"
  })
  void everyFieldIsTheContracts(String schema, String answer) throws ClassNotFoundException {
    var type = Class.forName(Answers.class.getName() + "$" + answer);
    same(schema, map(map(map(contract.get("components")).get("schemas")).get(schema)), type);
  }

  /// Every field is always there; what may be missing is null.
  private void same(String where, Map<String, Object> schema, Class<?> type) {
    var properties = map(schema.get("properties"));
    var components = type.getRecordComponents();
    var written = Arrays.stream(components).map(RecordComponent::getName).toList();
    assertThat(properties.keySet()).as(where).containsExactlyInAnyOrderElementsOf(written);
    assertThat(List.<Object>copyOf((List<?>) requireNonNull(schema.get("required"))))
        .as(where)
        .hasSameElementsAs(written);
    for (var component : components) {
      var name = where + "." + component.getName();
      same(name, map(properties.get(component.getName())), component.getGenericType());
    }
  }

  private void same(String where, Map<String, Object> schema, Type type) {
    var known = resolved(schema);
    var optional = type instanceof ParameterizedType of && of.getRawType() == Optional.class;
    assertThat(nullable(known)).as("%s may be null", where).isEqualTo(optional);
    var value = optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    var said = resolved(someOf(known));
    if (value instanceof ParameterizedType of && of.getRawType() == List.class) {
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
}

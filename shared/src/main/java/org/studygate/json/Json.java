package org.studygate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes records, maps, lists and plain values as JSON; a record's components are its fields, in
/// order.
/// Times are written as RFC 3339 (`Instant`) and ISO 8601 (`LocalDate`), enums by their `toString`.
public final class Json {
  /// Strict: no duplicate fields, at most 32 levels, at most 4 MB in one string.
  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxStringLength(4_000_000)
                  .maxDocumentLength(8_000_000)
                  .build())
          .build();

  /// How a record's components are read: asked of the class each time, this costs more than all
  /// the writing.
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Json::field).toList();
        }
      };

  private record Field(String name, Method accessor) {}

  private Json() {}

  private static Field field(RecordComponent component) {
    var accessor = component.getAccessor();
    accessor.setAccessible(true);
    var called = component.getAnnotation(Called.class);
    return new Field(called == null ? component.getName() : called.value(), accessor);
  }

  public static byte[] bytes(@Nullable Object value) {
    var out = new ByteArrayOutputStream(512);
    try (var generator = FACTORY.createGenerator(out)) {
      write(generator, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  public static String text(@Nullable Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  public static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number);
      case Double number when Double.isFinite(number) -> out.writeNumber(number);
      case Double _ -> out.writeNull();
      case Boolean flag -> out.writeBoolean(flag);
      case Optional<?> optional -> write(out, optional.orElse(null));
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (var entry : map.entrySet()) {
          out.writeFieldName(entry.getKey().toString());
          write(out, entry.getValue());
        }
        out.writeEndObject();
      }
      case Iterable<?> items -> {
        out.writeStartArray();
        for (var item : items) {
          write(out, item);
        }
        out.writeEndArray();
      }
      case RawJson(var text) -> out.writeRawValue(text);
      case AsText one -> out.writeString(one.text());
      case Record record -> {
        out.writeStartObject();
        for (var field : FIELDS.get(record.getClass())) {
          out.writeFieldName(field.name());
          write(out, read(record, field.accessor()));
        }
        out.writeEndObject();
      }
      case Temporal time -> out.writeString(time.toString());
      case Enum<?> constant -> out.writeString(constant.toString());
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    }
  }

  private static @Nullable Object read(Record record, Method accessor) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

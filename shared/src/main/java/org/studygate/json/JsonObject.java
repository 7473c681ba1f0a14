package org.studygate.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON object read strictly: a field of the wrong type, a missing required one and, by `done()`,
/// an unknown one are each a `BadJson` that names the field and never repeats its content. So is
/// half a surrogate pair, which no store takes.
public final class JsonObject {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final String path;
  private final Map<String, @Nullable Object> fields;
  private final Set<String> read = new HashSet<>();

  private JsonObject(String path, Map<String, @Nullable Object> fields) {
    this.path = path;
    this.fields = fields;
  }

  public static JsonObject parse(byte[] json) {
    try (var parser = Json.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadJson("an object was expected");
      }
      var object = new JsonObject("", fields(parser));
      if (parser.nextToken() != null) {
        throw new BadJson("one object was expected");
      }
      return object;
    } catch (IOException malformed) {
      throw new BadJson("this is not well-formed JSON");
    }
  }

  private static Map<String, @Nullable Object> fields(JsonParser parser) throws IOException {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = whole(parser.currentName());
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> {
        var items = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(parser));
        }
        yield items;
      }
      case VALUE_STRING -> whole(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new BadJson("this is not well-formed JSON");
    };
  }

  private static String whole(String text) {
    for (int i = 0, point; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (point >= 0xD800 && point <= 0xDFFF) {
        throw new BadJson("half of a character stands alone (a surrogate without its pair)");
      }
    }
    return text;
  }

  /// The object as JSON again.
  public String json() {
    return Json.text(fields);
  }

  /// Every value that is no object, by its path: `policy.report`. What is null is not there.
  public Map<String, Object> leaves() {
    var leaves = new LinkedHashMap<String, Object>();
    for (var field : fields.entrySet()) {
      var name = field.getKey();
      if (!NAME.matcher(name).matches()) {
        throw new BadJson("a field is not known");
      }
      if (isObject(name)) {
        object(name).leaves().forEach((inner, value) -> leaves.put(name + '.' + inner, value));
      } else if (field.getValue() != null) {
        leaves.put(name, field.getValue());
      }
    }
    return leaves;
  }

  public Set<String> names() {
    return fields.keySet();
  }

  public String string(String name) {
    return required(name, optionalString(name));
  }

  public Optional<String> optionalString(String name) {
    return get(name, String.class, "a string");
  }

  /// Text that goes into an item and may therefore not be of any length: of one line, without
  /// blanks or NUL around it. Empty reads as absent.
  public Optional<String> optionalText(String name, int most) {
    var text = optionalString(name).map(JsonObject::bare).filter(value -> !value.isEmpty());
    if (text.filter(value -> value.length() > most).isPresent()) {
      throw BadJson.tooLong(at(name), most, "characters");
    }
    if (text.filter(value -> CONTROL.matcher(value).find()).isPresent()) {
      throw new BadJson(at(name) + " holds control characters");
    }
    return text;
  }

  /// What was typed into several lines, without what no keyboard types.
  public Optional<String> optionalLines(String name) {
    return optionalString(name)
        .map(typed -> typed.replaceAll("\\R", "\n").replaceAll("[\\p{Cc}&&[^\n\t]]", ""));
  }

  private static String bare(String text) {
    return text.strip().trim(); // trim() takes NUL, which some systems pad with
  }

  public Optional<Boolean> optionalBool(String name) {
    return get(name, Boolean.class, "true or false");
  }

  public boolean bool(String name, boolean absent) {
    return optionalBool(name).orElse(absent);
  }

  public Optional<Integer> optionalInt(String name) {
    return get(name, BigDecimal.class, "a whole number").map(number -> exactInt(name, number));
  }

  public Optional<Long> optionalLong(String name) {
    return get(name, BigDecimal.class, "a whole number").map(number -> exactLong(name, number));
  }

  public Optional<BigDecimal> optionalDecimal(String name) {
    return get(name, BigDecimal.class, "a number");
  }

  public LocalDate date(String name) {
    return required(name, optionalDate(name));
  }

  public Optional<LocalDate> optionalDate(String name) {
    return optionalString(name)
        .map(text -> parsed(name, text, LocalDate::parse, "a date YYYY-MM-DD"));
  }

  public Optional<Instant> optionalInstant(String name) {
    return optionalString(name)
        .map(
            text ->
                parsed(
                    name,
                    text,
                    value -> OffsetDateTime.parse(value).toInstant(),
                    "an RFC 3339 time"));
  }

  public boolean isObject(String name) {
    return fields.get(name) instanceof Map<?, ?>;
  }

  public JsonObject object(String name) {
    return required(name, optionalObject(name));
  }

  @SuppressWarnings("unchecked") // made by `fields` alone
  public Optional<JsonObject> optionalObject(String name) {
    return get(name, Map.class, "an object")
        .map(map -> new JsonObject(at(name) + ".", (Map<String, @Nullable Object>) map));
  }

  /// Absent reads as empty.
  @SuppressWarnings("unchecked") // made by `fields` alone
  public List<JsonObject> objects(String name) {
    var objects = new ArrayList<JsonObject>();
    for (var item : items(name)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw new BadJson(at(name) + " must hold objects");
      }
      objects.add(
          new JsonObject(
              at(name) + "[" + objects.size() + "].", (Map<String, @Nullable Object>) map));
    }
    return objects;
  }

  /// Absent reads as empty.
  public List<String> strings(String name) {
    var strings = new ArrayList<String>();
    for (var item : items(name)) {
      if (!(item instanceof String text)) {
        throw new BadJson(at(name) + " must hold strings");
      }
      strings.add(text);
    }
    return strings;
  }

  /// Absent reads as empty.
  public List<BigDecimal> decimals(String name) {
    var decimals = new ArrayList<BigDecimal>();
    for (var item : items(name)) {
      if (!(item instanceof BigDecimal decimal)) {
        throw new BadJson(at(name) + " must hold numbers");
      }
      decimals.add(decimal);
    }
    return decimals;
  }

  private List<?> items(String name) {
    return get(name, List.class, "an array").map(list -> (List<?>) list).orElse(List.of());
  }

  /// Refuses every field that nobody asked for.
  public void done() {
    for (var name : fields.keySet()) {
      if (!read.contains(name)) {
        throw new BadJson(
            NAME.matcher(name).matches()
                ? at(name) + " is not a known field"
                : "a field is not known"
                    + (path.isEmpty() ? "" : " in " + path.substring(0, path.length() - 1)));
      }
    }
  }

  private <T> Optional<T> get(String name, Class<T> type, String expected) {
    read.add(name);
    var value = fields.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new BadJson(at(name) + " must be " + expected);
    }
    return Optional.of(type.cast(value));
  }

  private <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> new BadJson(at(name) + " is missing"));
  }

  private <T> T parsed(String name, String text, Function<String, T> parse, String expected) {
    try {
      return parse.apply(text);
    } catch (DateTimeException malformed) {
      throw new BadJson(at(name) + " must be " + expected);
    }
  }

  private int exactInt(String name, BigDecimal number) {
    var value = exactLong(name, number);
    if (value != (int) value) {
      throw new BadJson(at(name) + " is out of range");
    }
    return (int) value;
  }

  private long exactLong(String name, BigDecimal number) {
    try {
      if (number.scale() < -18) {
        throw new ArithmeticException();
      }
      return number.longValueExact();
    } catch (ArithmeticException inexact) {
      throw new BadJson(at(name) + " must be a whole number");
    }
  }

  private String at(String name) {
    return path + name;
  }
}

package org.studygate.dynamo;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Attribute values, written and read in one way by all stores. Times are epoch milliseconds.
public final class Item {
  private final Map<String, AttributeValue> attributes;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(attributes);
  }

  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  public long number(String name) {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  public Optional<Long> optionalNumber(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(Long::valueOf);
  }

  public Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  public Optional<Instant> optionalTime(String name) {
    return optionalNumber(name).map(Instant::ofEpochMilli);
  }

  public boolean flag(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::bool).orElse(false);
  }

  public byte[] bytes(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(value -> value.b().asByteArray())
        .orElseThrow(() -> missing(name));
  }

  public Set<String> names() {
    return attributes.keySet();
  }

  /// A list of numbers; empty if there is none.
  public List<Long> numbers(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(value -> value.l().stream().map(AttributeValue::n).map(Long::valueOf).toList())
        .orElse(List.of());
  }

  /// Of a list, in its order.
  public List<String> ordered(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(value -> value.l().stream().map(AttributeValue::s).toList())
        .orElse(List.of());
  }

  public List<String> texts(String name) {
    return Optional.ofNullable(attributes.get(name))
        .filter(AttributeValue::hasSs)
        .map(value -> value.ss().stream().sorted().toList())
        .orElse(List.of());
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException("attribute " + name + " is missing");
  }

  public static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  public static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  public static AttributeValue n(Instant time) {
    return n(time.toEpochMilli());
  }

  public static AttributeValue bool(boolean flag) {
    return AttributeValue.fromBool(flag);
  }

  public static AttributeValue b(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  /// A list of moments, in milliseconds.
  public static AttributeValue list(List<String> texts) {
    return AttributeValue.fromL(texts.stream().map(Item::s).toList());
  }

  public static AttributeValue times(List<Long> times) {
    return AttributeValue.fromL(times.stream().map(Item::n).toList());
  }

  public static AttributeValue ss(java.util.Collection<String> texts) {
    return AttributeValue.fromSs(List.copyOf(texts));
  }

  /// TTL of DynamoDB: epoch seconds, housekeeping only.
  public static AttributeValue purgeAt(Instant time) {
    return n(time.getEpochSecond());
  }

  public static Writer write() {
    return new Writer();
  }

  /// Collects attributes; what is absent is not written.
  public static final class Writer {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    public Writer put(String name, String text) {
      attributes.put(name, s(text));
      return this;
    }

    public Writer put(String name, long number) {
      attributes.put(name, n(number));
      return this;
    }

    public Writer put(String name, Instant time) {
      attributes.put(name, n(time));
      return this;
    }

    public Writer put(String name, boolean flag) {
      attributes.put(name, bool(flag));
      return this;
    }

    public Writer put(String name, byte[] bytes) {
      attributes.put(name, b(bytes));
      return this;
    }

    public Writer put(String name, AttributeValue value) {
      attributes.put(name, value);
      return this;
    }

    public Writer putIfPresent(String name, Optional<String> text) {
      text.ifPresent(value -> put(name, value));
      return this;
    }

    public Writer purgeAt(Instant time) {
      attributes.put("purge_at", Item.purgeAt(time));
      return this;
    }

    public Map<String, AttributeValue> attributes() {
      return attributes;
    }
  }
}

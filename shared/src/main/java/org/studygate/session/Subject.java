package org.studygate.session;

/// Whose visit it is: whoever holds the number of a bucket, or an account.
public sealed interface Subject {
  String id();

  /// `bucket:b7…` or `account:ac…`: one text in the table.
  String text();

  static Subject parse(String text) {
    var at = text.indexOf(':');
    var id = text.substring(at + 1);
    return switch (text.substring(0, Math.max(0, at))) {
      case "bucket" -> new OfBucket(id);
      case "account" -> new OfAccount(id);
      default -> throw new IllegalArgumentException("no subject");
    };
  }

  record OfBucket(String id) implements Subject {
    @Override
    public String text() {
      return "bucket:" + id;
    }
  }

  record OfAccount(String id) implements Subject {
    @Override
    public String text() {
      return "account:" + id;
    }
  }
}

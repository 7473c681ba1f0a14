package org.studygate.notice;

/// A message to a person on its way into the outbox: sealed, so that the table and its stream
/// hold no code and no number.
///
/// @param trail where its sending is told: of a bucket, a department, an account
public record Outgoing(
    String messageId, MessageKind kind, String channel, String sealed, String trail) {
  @Override
  public String toString() {
    return "Outgoing[" + messageId + "]";
  }
}

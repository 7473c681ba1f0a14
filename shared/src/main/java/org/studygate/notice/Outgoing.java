package org.studygate.notice;

/// A message to a person on its way into the outbox: sealed, so that the table and its stream
/// hold no code and no number.
///
/// @param bucketId on whose trail its sending is written; of a digest the department's id
public record Outgoing(
    String messageId, MessageKind kind, String channel, String sealed, String bucketId) {
  @Override
  public String toString() {
    return "Outgoing[" + messageId + "]";
  }
}

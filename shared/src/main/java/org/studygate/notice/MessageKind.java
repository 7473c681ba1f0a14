package org.studygate.notice;

import java.time.Duration;

/// What a message is, as far as its sending is concerned. The moment between the call of a
/// carrier and its answer is one in which nobody can tell whether it went out; what is done about
/// a crash in it depends on what the message is for
/// (docs/adr/0013-a-code-is-sent-at-most-once.md).
public enum MessageKind {
  /// A one-time code: a newer one kills it, so it is handed over at most once and helps nobody
  /// later.
  CODE(Duration.ofMinutes(10), 1),
  /// The pincode somebody has paid for: once too often is harmless, never is not. A second time
  /// only where it is not known whether the first arrived.
  PINCODE(Duration.ofDays(7), 2),
  /// Somebody wanted an account with the address of another one.
  ATTEMPT(Duration.ofDays(1), 1),
  /// What happened to an account or a group: it stands on the pages, too.
  NOTE(Duration.ofDays(3), 1),
  RECEIPT(Duration.ofDays(7), 1),
  /// To a hospital's technical address: what of its objects of a day it should look at. All of it
  /// lies in the receipts, too.
  DIGEST(Duration.ofDays(3), 1),
  /// A study or a report is there; it stands in the list, too.
  NEWS(Duration.ofDays(2), 1),
  /// Exams were shared with the reader, perhaps by a number that stands nowhere else: to be told
  /// twice is harmless, never is not.
  SHARE(Duration.ofDays(3), 2),
  /// What somebody shared was opened; it stands on the page of shares, too.
  OPENED(Duration.ofDays(2), 1);

  private final Duration life;
  private final int hands;

  MessageKind(Duration life, int hands) {
    this.life = life;
    this.hands = hands;
  }

  /// How long it is worth sending.
  Duration life() {
    return life;
  }

  /// How often it may be handed over at most.
  int hands() {
    return hands;
  }
}

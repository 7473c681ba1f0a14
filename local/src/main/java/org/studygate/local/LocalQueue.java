package org.studygate.local;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// A standard queue of SQS. A message is a file of the queue's folder from before its sender is
/// answered until it is deleted, so that it comes again however everything ends; what it means that
/// it is seen and by whom is in memory.
final class LocalQueue {
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final Duration visibility;
  private final Clock clock;
  private Optional<DeadLetters> dead = Optional.empty();
  private final Map<String, Held> held = new HashMap<>();
  private final TreeSet<Held> bySight =
      new TreeSet<>(comparing((Held one) -> one.seenFrom).thenComparing(one -> one.number));
  private long numbers;

  /// Opens the queue with what its folder holds. The time during which nothing ran does not count.
  LocalQueue(Path folder, Duration visibility, Clock clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.visibility = visibility;
    this.clock = clock;
    for (var file : kept()) {
      var json = JsonObject.parse(Files.readAllBytes(file));
      var delayed = json.optionalDecimal("delayed_until").orElse(BigDecimal.ZERO).longValue();
      add(
          new Held(
              file.getFileName().toString(),
              json.string("body"),
              clock.instant(),
              Instant.ofEpochMilli(delayed)));
    }
  }

  /// Where what was received `most` times goes instead of being received once more.
  void redrive(LocalQueue to, int most) {
    dead = Optional.of(new DeadLetters(to, most));
  }

  private record DeadLetters(LocalQueue queue, int most) {}

  /// A message as one of its receivers has it.
  ///
  /// @param receipt of this time only
  record Message(
      String id, String receipt, String body, int received, Instant sent, Instant firstReceived) {}

  /// @param waiting of these may be received now, or after their delay
  record Counts(int waiting, int inFlight) {}

  private static final class Held {
    private final String id;
    private final String body;
    private final Instant sent;
    private long number;
    private Instant seenFrom;
    private Instant firstReceived = Instant.EPOCH;
    private int received;
    private boolean inFlight;

    Held(String id, String body, Instant sent, Instant seenFrom) {
      this.id = id;
      this.body = body;
      this.sent = sent;
      this.seenFrom = seenFrom;
    }

    String receipt() {
      return id + "." + received;
    }
  }

  String send(String body, Duration delay) {
    var now = clock.instant();
    var message = new Held(UUID.randomUUID().toString(), body, now, now.plus(delay));
    keep(message); // before its sender is answered
    synchronized (this) {
      add(message);
    }
    return message.id;
  }

  private void add(Held message) {
    message.number = numbers++;
    held.put(message.id, message);
    bySight.add(message);
  }

  /// What may be seen now, the longest first, and not by others until the time-out.
  List<Message> receive(int most) {
    var taken = new ArrayList<Message>();
    var lost = new ArrayList<Held>();
    synchronized (this) {
      var now = clock.instant();
      while (taken.size() < most && !bySight.isEmpty() && !bySight.first().seenFrom.isAfter(now)) {
        var message = bySight.pollFirst();
        if (dead.isPresent() && message.received >= dead.get().most()) {
          held.remove(message.id);
          lost.add(message);
          continue;
        }
        message.firstReceived = message.received == 0 ? now : message.firstReceived;
        message.received++;
        message.inFlight = true;
        message.seenFrom = now.plus(visibility);
        bySight.add(message);
        taken.add(
            new Message(
                message.id,
                message.receipt(),
                message.body,
                message.received,
                message.sent,
                message.firstReceived));
      }
    }
    for (var message : lost) {
      dead.ifPresent(letters -> letters.queue().take(message));
      forget(message);
    }
    return taken;
  }

  /// From another queue, under its own id.
  private void take(Held lost) {
    var message = new Held(lost.id, lost.body, lost.sent, clock.instant());
    keep(message);
    synchronized (this) {
      add(message);
    }
  }

  /// Only who received it last may delete it: whoever was too slow has lost it to another.
  void delete(String receipt) {
    Optional<Held> found;
    synchronized (this) {
      found = holder(receipt);
      found.ifPresent(
          message -> {
            held.remove(message.id);
            bySight.remove(message);
          });
    }
    found.ifPresent(this::forget);
  }

  /// Seen again after this time instead of the usual one.
  synchronized void seenAgainAfter(String receipt, Duration time) {
    holder(receipt)
        .ifPresent(
            message -> {
              bySight.remove(message);
              message.seenFrom = clock.instant().plus(time);
              bySight.add(message);
            });
  }

  private Optional<Held> holder(String receipt) {
    var id = receipt.substring(0, Math.max(0, receipt.lastIndexOf('.')));
    return Optional.ofNullable(held.get(id)).filter(message -> message.receipt().equals(receipt));
  }

  void purge() {
    List<Held> all;
    synchronized (this) {
      all = List.copyOf(held.values());
      held.clear();
      bySight.clear();
    }
    all.forEach(this::forget);
  }

  /// Nothing is worked on or fails, and nothing will be before a delay that was asked for is over.
  synchronized boolean atRest() {
    var now = clock.instant();
    return held.values().stream().allMatch(one -> one.received == 0 && one.seenFrom.isAfter(now));
  }

  synchronized Counts counts() {
    var now = clock.instant();
    var inFlight =
        held.values().stream().filter(one -> one.inFlight && one.seenFrom.isAfter(now)).count();
    return new Counts(held.size() - (int) inFlight, (int) inFlight);
  }

  /// How many may be seen now, at most so many, and since when the first; if none, from when on.
  synchronized Sight sight(int most) {
    var now = clock.instant();
    var count = bySight.stream().limit(most).takeWhile(one -> !one.seenFrom.isAfter(now)).count();
    return new Sight((int) count, bySight.stream().findFirst().map(one -> one.seenFrom));
  }

  record Sight(int count, Optional<Instant> first) {}

  private Path file(Held message) {
    return folder.resolve(message.id);
  }

  /// Whole or not at all, also after a kill.
  private void keep(Held message) {
    var content =
        Json.bytes(Map.of("body", message.body, "delayed_until", message.seenFrom.toEpochMilli()));
    try {
      var part = folder.resolve(message.id + UNFINISHED);
      Files.write(part, content);
      Files.move(part, file(message), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private void forget(Held message) {
    try {
      Files.deleteIfExists(file(message));
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  private List<Path> kept() throws IOException {
    var whole = new HashMap<Path, FileTime>();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        if (file.toString().endsWith(UNFINISHED)) {
          Files.delete(file); // whoever sent it was never answered
        } else {
          whole.put(file, Files.getLastModifiedTime(file));
        }
      }
    }
    return whole.entrySet().stream()
        .sorted(
            Map.Entry.<Path, FileTime>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}

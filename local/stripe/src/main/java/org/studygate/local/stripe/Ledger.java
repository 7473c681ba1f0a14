package org.studygate.local.stripe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// All objects, kept in a journal: one line is all that one call changed, so it is there as a whole
/// or not at all. A line that a crash cut off is left out; each start writes the journal anew.
final class Ledger {
  private final Path file;
  private final Clock clock;
  private final Ids ids;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Doc> docs = new LinkedHashMap<>();

  Ledger(Path folder, Clock clock, Ids ids) throws IOException {
    Files.createDirectories(folder);
    this.file = folder.resolve("journal.jsonl");
    this.clock = clock;
    this.ids = ids;
    load();
    compact();
  }

  private void load() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var lines = Files.readString(file).split("\n", -1);
    for (var i = 0; i < lines.length - 1; i++) { // what follows the last line end was cut off
      var line = Doc.parse(lines[i].getBytes(StandardCharsets.UTF_8));
      for (var id : line.texts("gone")) {
        docs.remove(id);
      }
      var put = line.doc("put");
      for (var id : put.fields().keySet()) {
        docs.put(id, put.doc(id));
      }
    }
  }

  private void compact() throws IOException {
    var written = file.resolveSibling("journal.new");
    Files.write(written, docs.isEmpty() ? new byte[0] : line(docs, List.of()));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] line(Map<String, Doc> put, List<String> gone) {
    var fields = new LinkedHashMap<String, Object>();
    put.forEach((id, doc) -> fields.put(id, doc.fields()));
    var json = Doc.of("put", fields, "gone", gone).json();
    return (new String(json, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /// Runs work alone and keeps what it put, unless it throws.
  <T> T change(Cause cause, Function<Batch, T> work) {
    lock.lock();
    try {
      var batch = new Batch(cause);
      var result = work.apply(batch);
      batch.commit();
      return result;
    } finally {
      lock.unlock();
    }
  }

  void clear() {
    lock.lock();
    try {
      docs.clear();
      compact();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      lock.unlock();
    }
  }

  /// What an event says of the request it came of; both empty for a click.
  record Cause(String request, String key) {
    static final Cause CLICK = new Cause("", "");
  }

  /// What one call sees and changes.
  final class Batch {
    private final Cause cause;
    private final Map<String, Doc> put = new LinkedHashMap<>();
    private final List<String> gone = new ArrayList<>();
    private final List<Doc> events = new ArrayList<>();

    private Batch(Cause cause) {
      this.cause = cause;
    }

    Ids ids() {
      return ids;
    }

    long now() {
      return clock.instant().getEpochSecond();
    }

    long millis() {
      return clock.millis();
    }

    Cause cause() {
      return cause;
    }

    Optional<Doc> find(String object, String id) {
      var changed = put.get(id);
      return Optional.ofNullable(changed == null ? docs.get(id) : changed)
          .filter(doc -> !gone.contains(id) && doc.is("object", object));
    }

    /// The newest last.
    List<Doc> all(String object) {
      var merged = docs;
      if (!put.isEmpty() || !gone.isEmpty()) {
        merged = new LinkedHashMap<>(docs);
        merged.putAll(put);
        gone.forEach(merged::remove);
      }
      return merged.values().stream().filter(doc -> doc.is("object", object)).toList();
    }

    Doc put(Doc doc) {
      put.put(doc.id(), doc);
      return doc;
    }

    void remove(Doc doc) {
      gone.add(doc.id());
    }

    /// An event with the object as it is now.
    void event(String type, Doc object, Doc previous) {
      var data = Doc.of("object", object);
      if (!previous.fields().isEmpty()) {
        data = data.with("previous_attributes", previous);
      }
      events.add(put(Shapes.event(this, type, data)));
    }

    void event(String type, Doc object) {
      event(type, object, new Doc(Map.of()));
    }

    /// Those of this call, in order.
    List<Doc> events() {
      return List.copyOf(events);
    }

    private void commit() {
      Webhooks.enqueue(this);
      if (put.isEmpty() && gone.isEmpty()) {
        return;
      }
      try {
        Files.write(file, line(put, gone), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      docs.putAll(put);
      gone.forEach(docs::remove);
    }
  }
}

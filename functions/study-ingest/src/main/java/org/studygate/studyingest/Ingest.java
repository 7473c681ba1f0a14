package org.studygate.studyingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.studygate.department.Department;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.Rejected;
import org.studygate.dicom.guard.Bounds;
import org.studygate.dicom.guard.Bytes;
import org.studygate.dicom.guard.Preamble;
import org.studygate.dicom.guard.Reason;
import org.studygate.inbox.InboxObject;
import org.studygate.inbox.Quarantine;
import org.studygate.objects.Objects;
import org.studygate.platform.Deadline;
import org.studygate.platform.TimedStream;

/// One object of the inbox. What it is, is told by its content, never by its name. What cannot be
/// used goes to quarantine with its reason and is done; only faults of our own are tried again.
final class Ingest {
  /// What fits beside the function into its 512 MB of temporary storage.
  private static final Bounds LIMITS = Bounds.STANDARD.withFileBytes(450L << 20);

  /// Nearly all files are smaller: they need no file of their own.
  private static final int IN_MEMORY = 16 << 20;

  private final Objects inbox;
  private final Quarantine quarantine;
  private final Filing filing;
  private final Consumer<InboxObject> messages;

  Ingest(Objects inbox, Quarantine quarantine, Filing filing, Consumer<InboxObject> messages) {
    this.inbox = inbox;
    this.quarantine = quarantine;
    this.filing = filing;
    this.messages = messages;
  }

  /// Answers what was filed, if it was an instance.
  Optional<Filed> take(InboxObject object, Roster roster, Deadline deadline) throws IOException {
    var department = roster.of(object);
    if (department.isEmpty()) {
      quarantine.keep(
          object, "unknown-department", "The key names no department of this environment.", -1);
      return Optional.empty();
    }
    if (object.size() > LIMITS.fileBytes()) {
      quarantine.keep(object, Reason.TOO_LARGE.code(), Reason.TOO_LARGE.sentence(), -1);
      return Optional.empty();
    }
    var found = inbox.open(object.key());
    if (found.isEmpty()) {
      quarantine.gone(object);
      return Optional.empty();
    }
    try (var stream = found.get().stream()) {
      var start = stream.readNBytes(Preamble.START);
      if (!Preamble.opens(start)) {
        messages.accept(object);
        return Optional.empty();
      }
      var rest = new TimedStream(stream, deadline);
      var length = found.get().length();
      return length <= IN_MEMORY
          ? small(object, department.get(), start, rest, (int) length, deadline)
          : large(object, department.get(), start, rest, deadline);
    }
  }

  private Optional<Filed> small(
      InboxObject object,
      Department department,
      byte[] start,
      InputStream rest,
      int length,
      Deadline deadline)
      throws IOException {
    var whole = Arrays.copyOf(start, length);
    if (rest.readNBytes(whole, start.length, length - start.length) < length - start.length) {
      throw new EOFException("an object ended before its length");
    }
    return dicom(object, department, Bytes.of(whole), deadline);
  }

  private Optional<Filed> large(
      InboxObject object, Department department, byte[] start, InputStream rest, Deadline deadline)
      throws IOException {
    var file = Files.createTempFile("instance", ".dcm");
    try {
      copy(file, start, rest);
      try (var bytes = Bytes.of(file)) {
        return dicom(object, department, bytes, deadline);
      }
    } finally {
      Files.delete(file); // nothing of one patient stays for the next
    }
  }

  private Optional<Filed> dicom(
      InboxObject object, Department department, Bytes bytes, Deadline deadline)
      throws IOException {
    return switch (DicomFile.open(bytes, LIMITS)) {
      case Rejected(var reason, var offset) -> {
        quarantine.keep(object, reason.code(), reason.sentence(), offset);
        yield Optional.empty();
      }
      case DicomFile dicom -> {
        try (dicom) {
          yield filing.file(object, department, dicom, deadline);
        }
      }
    };
  }

  private static void copy(Path file, byte[] start, InputStream rest) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      out.write(start);
      rest.transferTo(out);
    }
  }
}

package org.studygate.dicom.guard;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/// The first part of a file: preamble, `DICM` and file meta information. Without it, or without a
/// syntax that we know, there is nothing to read: we never guess.
record Meta(TransferSyntax syntax, long datasetStart, Set<Walked.Note> notes) {
  static final int PREAMBLE = 128;
  static final String MEDIA_DIRECTORY = "1.2.840.10008.1.3.10";
  private static final int DICM_LITTLE = 'D' | ('I' << 8) | ('C' << 16) | ('M' << 24);

  static Meta read(Bytes file, Bounds limits) throws IOException, Refusal {
    if (file.length() > limits.fileBytes()) {
      throw new Refusal(Reason.TOO_LARGE, limits.fileBytes());
    }
    var window = new Peek(file);
    if (file.length() < PREAMBLE + 4
        || window.unsignedInt(PREAMBLE, false) != (DICM_LITTLE & 0xFFFFFFFFL)) {
      throw new Refusal(Reason.NOT_DICOM, Math.min(PREAMBLE, file.length()));
    }
    var notes = EnumSet.noneOf(Walked.Note.class);
    for (var i = 0; i < PREAMBLE; i++) {
      if (window.unsignedByte(i) != 0) {
        notes.add(Walked.Note.PREAMBLE_IN_USE);
        break;
      }
    }
    return elements(file, window, notes, limits);
  }

  private static Meta elements(Bytes file, Peek window, Set<Walked.Note> notes, Bounds limits)
      throws IOException, Refusal {
    var position = PREAMBLE + 4L;
    var syntax = "";
    var sopClass = "";
    var declaredEnd = -1L;
    var last = 0;
    while (file.length() - position >= 8 && window.unsignedShort(position, false) == 2) {
      var tag = window.tag(position, false);
      if (tag <= last) {
        throw new Refusal(Reason.TAGS_NOT_ASCENDING, position);
      }
      last = tag;
      var vr = window.unsignedShort(position + 4, true);
      if (!Vr.known(vr) || vr == Vr.SQ) {
        throw new Refusal(Reason.UNKNOWN_VR, position);
      }
      var header = Vr.longHeader(vr) ? 12 : 8;
      if (file.length() - position < header) {
        throw new Refusal(Reason.TRUNCATED, position);
      }
      var length =
          header == 12
              ? window.unsignedInt(position + 8, false)
              : window.unsignedShort(position + 6, false);
      var value = position + header;
      if (length > file.length() - value) {
        throw new Refusal(Reason.TRUNCATED, position);
      }
      if (length > limits.valueBytes()) {
        throw new Refusal(Reason.VALUE_TOO_LONG, position);
      }
      switch (tag) {
        case Tags.META_LENGTH ->
            declaredEnd = length == 4 ? value + 4 + window.unsignedInt(value, false) : -1;
        case Tags.META_SOP_CLASS -> sopClass = uid(window, value, length);
        case Tags.META_SYNTAX -> syntax = uid(window, value, length);
        default -> {} // nothing else in it concerns us
      }
      position = value + length;
    }
    if (syntax.isEmpty()) {
      throw new Refusal(Reason.NO_META, PREAMBLE + 4);
    }
    if (sopClass.equals(MEDIA_DIRECTORY)) {
      throw new Refusal(Reason.DIRECTORY, PREAMBLE + 4);
    }
    var known = TransferSyntax.of(syntax);
    if (known.isEmpty()) {
      throw new Refusal(Reason.UNKNOWN_SYNTAX, PREAMBLE + 4);
    }
    if (declaredEnd != position) {
      notes.add(Walked.Note.WRONG_META_LENGTH);
    }
    return new Meta(known.get(), position, notes);
  }

  private static String uid(Peek window, long value, long length) throws IOException {
    return length > 66 ? "" : window.text(value, (int) length);
  }
}

package org.studygate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.document.Line;
import org.studygate.dicom.guard.Bytes;

/// What the demo's radiologist adds to a head can be read, and is of the same patient and study.
final class NotesTest {
  private static final Set<String> NOTES = Set.of("measurements", "selection");

  @Test
  void theNotesSpeakOfSlicesThatAreSent() throws Exception {
    var clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    var exams = new Exams(Path.of("..").toAbsolutePath().normalize(), clock);
    var brain =
        exams.cases().stream()
            .filter(one -> one.name().equals("10-brain"))
            .findFirst()
            .orElseThrow();
    var files = new HashMap<String, byte[]>();
    for (var piece : exams.pieces(brain)) {
      if (NOTES.contains(piece.name()) || piece.name().equals("mr-024")) {
        files.put(piece.name(), piece.bytes().call());
      }
    }
    try (var slice = open(files, "mr-024");
        var measurements = open(files, "measurements");
        var selection = open(files, "selection")) {
      for (var note : new DicomFile[] {measurements, selection}) {
        assertThat(note.header().patient()).isEqualTo(slice.header().patient());
        assertThat(note.header().studyUid()).isEqualTo(slice.header().studyUid());
        assertThat(note.header().study().accession()).isEqualTo(slice.header().study().accession());
      }
      assertThat(measurements.contents().orElseThrow().lines())
          .extracting(Line::value)
          .contains("4.2", "Ventrikels niet verwijd.");
      assertThat(selection.contents().orElseThrow().lines().getLast().references())
          .extracting(Line.Reference::uid, Line.Reference::series)
          .contains(
              org.assertj.core.groups.Tuple.tuple(
                  slice.header().sopUid(), slice.header().seriesUid()));
    }
  }

  private static DicomFile open(Map<String, byte[]> files, String name) throws IOException {
    return (DicomFile) DicomFile.open(Bytes.of(files.getOrDefault(name, new byte[0])));
  }
}

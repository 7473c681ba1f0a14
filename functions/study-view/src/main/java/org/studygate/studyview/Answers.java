package org.studygate.studyview;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.studygate.department.Face;
import org.studygate.json.Called;
import org.studygate.json.RawJson;
import org.studygate.mark.Mark;
import org.studygate.order.BirthDate;
import org.studygate.study.DocumentKind;
import org.studygate.study.Instance;

/// What the pages are told, as docs/openapi.yaml says it.
final class Answers {
  private Answers() {}

  record StudyList(List<Line> studies, Optional<String> next, Optional<Manifest> opened) {}

  record Line(
      String id,
      Optional<LocalDate> date,
      String description,
      List<String> modalities,
      Patient patient,
      Named department,
      boolean hasImages,
      boolean hasReport,
      Optional<Instant> reportFrom,
      List<String> labels) {}

  record Named(String id, String name) {}

  /// A page of what a professional may see.
  record Work(
      List<WorkLine> studies, Optional<String> next, Optional<LocalDate> looked, boolean more) {}

  /// @param time of the exam, by the hospital's clock
  /// @param code the bucket whose code has still to be given; of the patient there are initials
  // then
  record WorkLine(
      String id,
      Optional<LocalDate> date,
      Optional<String> time,
      String description,
      List<String> modalities,
      Person patient,
      Optional<String> accession,
      Named department,
      boolean hasImages,
      boolean hasReport,
      Optional<String> reportState,
      List<Why> reasons,
      @Called("new") boolean fresh,
      boolean unreadReport,
      List<Mark.Label> labels,
      Optional<String> code) {}

  record Person(
      String name,
      Optional<BirthDate> birthDate,
      Optional<String> id,
      Optional<String> sex,
      boolean anonymized) {
    @Override
    public String toString() {
      return "Person[…]";
    }
  }

  record Why(String kind, Optional<String> by, Optional<Instant> until) {}

  /// @param id told with `sex` to whoever has an account
  record Patient(
      String name,
      Optional<BirthDate> birthDate,
      Optional<String> id,
      Optional<String> sex,
      boolean anonymized) {
    @Override
    public String toString() {
      return "Patient[…]";
    }
  }

  record Manifest(
      String id,
      Optional<LocalDate> date,
      String description,
      List<String> modalities,
      Patient patient,
      Optional<Face> department,
      String state,
      List<SeriesLine> series,
      List<DocumentLine> documents,
      Optional<ReportLine> report,
      Optional<Instant> reportFrom,
      Optional<String> message,
      Optional<OpenedSeries> opened,
      Optional<String> accession,
      Optional<List<Prior>> prior,
      Optional<List<Why>> reasons,
      Optional<List<Said>> messages,
      Instant expiresAt) {}

  /// What somebody wrote to whom it was shared with.
  record Said(String by, Instant at, String text) {
    @Override
    public String toString() {
      return "Said[…]";
    }
  }

  /// Another study of the same patient.
  record Prior(String id, Optional<LocalDate> date, String description, List<String> modalities) {}

  /// @param picture which one is shown first, counted from 0
  record OpenedSeries(String uid, int picture, SeriesView pictures) {}

  record SeriesLine(
      String uid,
      Optional<Integer> number,
      String description,
      String modality,
      int instances,
      int frames,
      Optional<String> preview) {}

  record DocumentLine(String uid, DocumentKind kind, String title, Optional<String> state) {}

  /// @param document its own, if it came in one
  record ReportLine(String state, Optional<String> document) {}

  /// `next` asks for the rest of a long series.
  ///
  /// @param instances each an [InstanceView], or by a [org.studygate.study.Listing]
  record SeriesView(
      RawJson instances,
      Optional<FilmView> film,
      Optional<PlanesView> planes,
      Optional<String> metadata,
      Optional<String> next,
      Instant expiresAt) {}

  record FilmView(String url, long generation, int pictures, long sheetsEnd) {}

  /// The last three while `state` is "ready".
  record PlanesView(
      String state, Optional<String> url, Optional<Long> generation, Optional<Long> headEnd) {
    static final PlanesView MAKING = PlanesView.of("making");
    static final PlanesView NONE = PlanesView.of("none");

    private static PlanesView of(String state) {
      return new PlanesView(state, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  record InstanceView(
      String uid,
      Optional<Integer> number,
      int frames,
      String transferSyntax,
      int rows,
      int columns,
      Optional<String> url,
      Optional<String> preview,
      List<FrameView> previews,
      Optional<Instance.Window> window,
      Optional<Instance.Pixels> pixels,
      double frameMillis,
      Optional<VideoView> video) {}

  /// Without an address where the answer has none of that series.
  record VideoView(Optional<String> url) {}

  record FrameView(
      int frame, Optional<String> small, Optional<String> medium, Optional<String> large) {}

  record DocumentView(
      String uid,
      DocumentKind kind,
      String title,
      Optional<String> state,
      Optional<String> contentsUrl,
      Optional<String> pdfUrl,
      String url,
      Instant expiresAt) {}

  record ReportView(
      String state,
      Optional<String> text,
      Optional<String> contentsUrl,
      Optional<String> pdfUrl,
      Optional<String> signedBy,
      Instant at,
      String language,
      List<VersionLine> versions,
      Instant expiresAt) {}

  record VersionLine(String state, Instant at) {}

  record Accesses(List<AccessLine> accesses, Optional<String> next) {}

  /// @param with of what was shared, with what kind of recipient
  /// @param anonymized copies without the person were
  record AccessLine(
      Instant at, String who, String what, Optional<String> with, boolean anonymized) {}
}

package org.studygate.study;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A report in its version that counts; `versions` are all, the one that counts first.
public record Report(String id, List<Version> versions) {
  public Report {
    versions = versions.stream().sorted(Version.BEST_FIRST).toList();
  }

  public Version current() {
    return versions.getFirst();
  }

  /// How binding a report is; a later state beats an earlier one whenever it arrives.
  public enum State {
    PRELIMINARY("preliminary"),
    FINAL("final"),
    CORRECTED("corrected");

    private final String code;

    State(String code) {
      this.code = code;
    }

    public static Optional<State> of(String code) {
      for (var state : values()) {
        if (state.code.equals(code)) {
          return Optional.of(state);
        }
      }
      return Optional.empty();
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /// One version, never changed once it is there; a PDF may still join it.
  ///
  /// @param version a hash of what it says: the same message sent twice is one version
  /// @param at when it was first put into the inbox
  /// @param order whose accession number it names: it counts only for studies of that order. None
  ///     names a PDF that came in a file of the study
  /// @param pdf the PDF that joined it
  /// @param disputed another order claims the same file: nobody gets it
  /// @param document the object of the study that it came in
  public record Version(
      String report,
      String version,
      State state,
      Instant at,
      Optional<OrderId> order,
      String language,
      String text,
      String author,
      Optional<Pdf> pdf,
      boolean disputed,
      Optional<Document> document) {
    /// One that came in a message or as a file of its own.
    public Version(
        String report,
        String version,
        State state,
        Instant at,
        Optional<OrderId> order,
        String language,
        String text,
        String author,
        Optional<Pdf> pdf,
        boolean disputed) {
      this(
          report,
          version,
          state,
          at,
          order,
          language,
          text,
          author,
          pdf,
          disputed,
          Optional.empty());
    }

    static final Comparator<Version> BEST_FIRST =
        Comparator.comparing(Version::state)
            .thenComparing(Version::at)
            .thenComparing(Version::version)
            .reversed();

    /// The key of the PDF in the studies bucket.
    public Optional<String> pdfKey() {
      return disputed ? Optional.empty() : pdf.map(Pdf::key);
    }

    @Override
    public String toString() {
      return "Version[" + report + "]";
    }
  }

  /// Of several files of one name that with the greatest `rank` (time, then hash) counts.
  public record Pdf(String key, String rank) {}
}

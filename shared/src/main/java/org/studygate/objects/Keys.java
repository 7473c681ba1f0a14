package org.studygate.objects;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.studygate.platform.Sha256;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;

/// Keys of the studies bucket. They hold no name, birth date, patient id or accession number; four
/// hex digits of a hash spread them over prefixes.
public final class Keys {
  private Keys() {}

  /// Copies lie below their bucket, whatever they are, so that they can be taken away with it; what
  /// a department made lies by what it is.
  ///
  /// @param shelf see [org.studygate.study.Study#shelf]
  private static String place(String kind, String shelf, String studyUid) {
    return ofCopies(shelf)
        ? shelf + "/" + kind + "/" + studyUid
        : kind + "/" + shelf + "/" + spread(studyUid) + "/" + studyUid;
  }

  /// No department is called so: its name has no slash.
  private static boolean ofCopies(String shelf) {
    return shelf.indexOf('/') > 0;
  }

  private static String spread(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 4);
  }

  /// The accepted original.
  public static String original(String shelf, String studyUid, SeriesUid series, String sop) {
    return place("p10", shelf, studyUid) + "/" + series + "/" + sop + ".dcm";
  }

  /// Other bytes under a UID that is taken.
  public static String aside(
      String shelf, String studyUid, SeriesUid series, String sop, String sha256) {
    return place("aside", shelf, studyUid) + "/" + series + "/" + sop + "/" + sha256 + ".dcm";
  }

  /// A picture of a frame, the first being 1.
  public static String preview(
      String shelf, String studyUid, SeriesUid series, String sop, int frame, int size) {
    return web(shelf, studyUid, series) + "/" + sop + "/" + frame + "-" + size + ".jpg";
  }

  /// The video of an instance.
  public static String video(String shelf, String studyUid, SeriesUid series, String sop) {
    return web(shelf, studyUid, series) + "/" + sop + "/video.mp4";
  }

  /// DICOM JSON of one instance, where it is too large for its item.
  public static String header(String shelf, String studyUid, SeriesUid series, String sop) {
    return web(shelf, studyUid, series) + "/" + sop + "/header.json.gz";
  }

  /// What a document says, as lines.
  public static String contents(String shelf, String studyUid, SeriesUid series, String sop) {
    return web(shelf, studyUid, series) + "/" + sop + "/contents.json";
  }

  /// DICOM JSON of a whole series.
  public static String metadata(String shelf, String studyUid, SeriesUid series, long gen) {
    return web(shelf, studyUid, series) + "/metadata-" + gen + ".json.gz";
  }

  /// All pictures of a series, by docs/film.md.
  public static String film(String shelf, String studyUid, SeriesUid series, long gen) {
    return web(shelf, studyUid, series) + "/film-" + gen + ".bin";
  }

  /// Its exact pixels, by docs/planes.md.
  public static String planes(String shelf, String studyUid, SeriesUid series, long gen) {
    return web(shelf, studyUid, series) + "/planes-" + gen + ".bin";
  }

  /// How the keys of what is made anew for each generation begin; its number follows.
  public static List<String> generations(String shelf, String studyUid, SeriesUid series) {
    return Stream.of("metadata-", "film-", "planes-")
        .map(kind -> web(shelf, studyUid, series) + "/" + kind)
        .toList();
  }

  private static String web(String shelf, String studyUid, SeriesUid series) {
    return place("web", shelf, studyUid) + "/" + series;
  }

  /// How the keys of everything of a copy begin.
  public static List<String> copies(String shelf, String studyUid) {
    return Stream.of("p10", "web").map(kind -> place(kind, shelf, studyUid) + "/").toList();
  }

  /// The PDF of a report that lies below its study.
  public static String report(String department, String studyUid, StudyId study, String report) {
    return "rpt/" + department + "/" + spread(studyUid) + "/" + study + "/" + report + ".pdf";
  }

  /// A PDF that came as a file of its own; its study may not be known yet.
  public static String reportFile(String department, String file, String sha256) {
    return "rpt/" + department + "/" + spread(file) + "/" + file + "/" + sha256 + ".pdf";
  }
}

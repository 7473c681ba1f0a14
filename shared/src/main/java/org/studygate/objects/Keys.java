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

  private static String place(String department, String studyUid) {
    return department + "/" + spread(studyUid) + "/" + studyUid;
  }

  private static String spread(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 4);
  }

  /// The accepted original.
  public static String original(String department, String studyUid, SeriesUid series, String sop) {
    return "p10/" + place(department, studyUid) + "/" + series + "/" + sop + ".dcm";
  }

  /// Other bytes under a UID that is taken.
  public static String aside(
      String department, String studyUid, SeriesUid series, String sop, String sha256) {
    var place = place(department, studyUid) + "/" + series + "/" + sop;
    return "aside/" + place + "/" + sha256 + ".dcm";
  }

  /// A picture of a frame, the first being 1.
  public static String preview(
      String department, String studyUid, SeriesUid series, String sop, int frame, int size) {
    return web(department, studyUid, series) + "/" + sop + "/" + frame + "-" + size + ".jpg";
  }

  /// The video of an instance.
  public static String video(String department, String studyUid, SeriesUid series, String sop) {
    return web(department, studyUid, series) + "/" + sop + "/video.mp4";
  }

  /// DICOM JSON of one instance, where it is too large for its item.
  public static String header(String department, String studyUid, SeriesUid series, String sop) {
    return web(department, studyUid, series) + "/" + sop + "/header.json.gz";
  }

  /// What a document says, as lines.
  public static String contents(String department, String studyUid, SeriesUid series, String sop) {
    return web(department, studyUid, series) + "/" + sop + "/contents.json";
  }

  /// DICOM JSON of a whole series.
  public static String metadata(String department, String studyUid, SeriesUid series, long gen) {
    return web(department, studyUid, series) + "/metadata-" + gen + ".json.gz";
  }

  /// All pictures of a series, by docs/film.md.
  public static String film(String department, String studyUid, SeriesUid series, long gen) {
    return web(department, studyUid, series) + "/film-" + gen + ".bin";
  }

  /// Its exact pixels, by docs/planes.md.
  public static String planes(String department, String studyUid, SeriesUid series, long gen) {
    return web(department, studyUid, series) + "/planes-" + gen + ".bin";
  }

  /// How the keys of what is made anew for each generation begin; its number follows.
  public static List<String> generations(String department, String studyUid, SeriesUid series) {
    return Stream.of("metadata-", "film-", "planes-")
        .map(kind -> web(department, studyUid, series) + "/" + kind)
        .toList();
  }

  private static String web(String department, String studyUid, SeriesUid series) {
    return "web/" + place(department, studyUid) + "/" + series;
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

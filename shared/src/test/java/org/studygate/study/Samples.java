package org.studygate.study;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.studygate.platform.Sha256;
import org.studygate.study.Studies.Filed;

/// Instances as they come out of a reader.
public final class Samples {
  public static final SeriesUid SERIES = new SeriesUid("1.2.3.1");

  private Samples() {}

  public static Filed instance(SeriesUid series, String sop, Instance.Kind kind) {
    return instance(series, sop, kind, facts("P-1"));
  }

  /// One that a browser's player shows.
  public static Filed video(SeriesUid series, String sop) {
    return instance(series, sop, Instance.Kind.IMAGE, facts("P-1"), Instance.Pictures.video());
  }

  public static Filed instance(SeriesUid series, String sop, Instance.Kind kind, Facts facts) {
    var pictures = new Instance.Pictures(List.of(128, 512), 1, List.of(), "");
    return instance(series, sop, kind, facts, pictures);
  }

  private static Filed instance(
      SeriesUid series, String sop, Instance.Kind kind, Facts facts, Instance.Pictures pictures) {
    return new Filed(
        new Instance(
            series,
            sop,
            "1.2.840.10008.5.1.4.1.1.2",
            kind,
            Optional.of(Integer.valueOf(sop.substring(sop.lastIndexOf('.') + 1))),
            "1.2.840.10008.1.2.1",
            1234,
            Sha256.hex(sop.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            1,
            512,
            512,
            pictures,
            Optional.of(new Instance.Window(40, 400.5)),
            Optional.of(
                new Instance.Pixels(1000, 4, 1, 1, 2, 1, 16, 12, true, 1, -1024, "MONOCHROME2", 0)),
            List.of(-1.5, 2.0, 3.25),
            List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
            0,
            new Instance.SeriesFacts(Optional.of(2), "Thorax", "CT", "CHEST"),
            facts,
            Optional.empty(),
            Optional.empty()),
        Instant.parse("2026-11-20T08:15:00Z"),
        new byte[] {1, 2, 3},
        Optional.empty());
  }

  /// One of several frames, each of them drawn.
  public static Filed cine(SeriesUid series, String sop, int frames) {
    var pictures = new Instance.Pictures(List.of(512), frames, List.of(), "");
    var filed = instance(series, sop, Instance.Kind.IMAGE, facts("P-1"), pictures);
    return new Filed(
        like(filed.instance(), sop, frames), filed.at(), filed.headerGz(), filed.headerKey());
  }

  /// The same instance out of other bytes, or with more frames.
  public static Instance like(Instance one, String sha256, int frames) {
    return like(one, one.sopClass(), one.length(), sha256, frames);
  }

  public static Instance ofClass(Instance one, String sopClass) {
    return like(one, sopClass, one.length(), one.sha256(), one.frames());
  }

  public static Instance withLength(Instance one, long length) {
    return like(one, one.sopClass(), length, one.sha256(), one.frames());
  }

  private static Instance like(
      Instance one, String sopClass, long length, String sha256, int frames) {
    return new Instance(
        one.series(),
        one.sopUid(),
        sopClass,
        one.kind(),
        one.number(),
        one.transferSyntax(),
        length,
        sha256,
        frames,
        one.rows(),
        one.columns(),
        one.pictures(),
        one.window(),
        one.pixels(),
        one.position(),
        one.orientation(),
        one.frameMillis(),
        one.seriesFacts(),
        one.facts(),
        one.announced(),
        one.label());
  }

  /// An instance that bears this accession number.
  public static Whose whose(String patient, String accession) {
    return new Whose(facts(patient).person(), accession);
  }

  public static Facts facts(String patient) {
    return new Facts(
        patient, "", "Peeters^An", "19580307", "F", "20261120", "081500", "CT thorax", "Noord");
  }
}

package org.studygate.study;

import java.util.List;
import java.util.Optional;

/// One object of a series as it was stored.
///
/// @param length of the stored original in bytes
/// @param sha256 of the stored original, in hex
/// @param position x, y, z of the first pixel in millimetres, empty if unknown
/// @param orientation six cosines, empty if unknown
/// @param announced what the file says of the number of instances of the study
/// @param label of what has no picture
public record Instance(
    SeriesUid series,
    String sopUid,
    String sopClass,
    Kind kind,
    Optional<Integer> number,
    String transferSyntax,
    long length,
    String sha256,
    int frames,
    int rows,
    int columns,
    Pictures pictures,
    Optional<Window> window,
    Optional<Pixels> pixels,
    List<Double> position,
    List<Double> orientation,
    double frameMillis,
    SeriesFacts seriesFacts,
    Facts facts,
    Optional<Integer> announced,
    Optional<Label> label) {

  /// What a list says of it, if it has no picture.
  public Document document() {
    return new Document(
        series,
        sopUid,
        DocumentKind.of(sopClass),
        label.map(Label::title).filter(title -> !title.isEmpty()).orElse(seriesFacts.description()),
        label.map(Label::readable).orElse(false));
  }

  /// Of whom it says that it is.
  public Person person() {
    return facts.person();
  }

  /// What an instance is to a viewer.
  public enum Kind {
    /// Has pixels.
    IMAGE,
    /// A report in DICOM's clothing (structured report, encapsulated document): never among images,
    /// nor among what else is shown.
    REPORT,
    /// Neither: presentation states, waveforms and the like.
    OTHER
  }

  /// The previews: of each frame from 1 to `frames` one picture of each size.
  ///
  /// @param missing frames within that could not be drawn
  /// @param why the code of the reason, empty if none is missing; `video` where one of its own is
  /// shown in place of pictures
  public record Pictures(List<Integer> sizes, int frames, List<Integer> missing, String why) {
    private static final String GOES_ON = "being-drawn ";
    private static final String VIDEO = "video";

    public static Pictures none(String why) {
      return new Pictures(List.of(), 0, List.of(), why);
    }

    public static Pictures video() {
      return none(VIDEO);
    }

    public boolean isVideo() {
      return why.equals(VIDEO);
    }

    /// A step of the work: the frames after these are still to be drawn.
    ///
    /// @param why of those that are missing so far
    public static Pictures begun(
        List<Integer> sizes, int frames, List<Integer> missing, String why) {
      return new Pictures(sizes, frames, missing, GOES_ON + why);
    }

    public boolean goesOn() {
      return why.startsWith(GOES_ON);
    }

    /// Why frames are missing so far, also while more are drawn.
    public String reason() {
      return goesOn() ? why.substring(GOES_ON.length()) : isVideo() ? "" : why;
    }

    public boolean has(int frame) {
      return frame >= 1 && frame <= frames && !missing.contains(frame);
    }
  }

  /// What a document calls itself, and whether what it says is kept beside it.
  public record Label(String title, boolean readable) {
    public Label {
      title = Facts.cut(title);
    }
  }

  /// The file's own first window.
  public record Window(double center, double width) {}

  /// Where exact pixels lie in the original, if a viewer can use them without reading DICOM.
  public record Pixels(
      long offset,
      long length,
      int frames,
      int rows,
      int columns,
      int samples,
      int bitsAllocated,
      int bitsStored,
      boolean signed,
      double slope,
      double intercept,
      String photometric,
      int planar) {}

  /// What an instance says of its series.
  public record SeriesFacts(
      Optional<Integer> number, String description, String modality, String bodyPart) {
    public SeriesFacts {
      description = Facts.cut(description);
      modality = Facts.cut(modality);
      bodyPart = Facts.cut(bodyPart);
    }
  }
}

package org.studygate.study;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.studygate.json.Json;
import org.studygate.json.RawJson;
import org.studygate.platform.Gzip;

/// What is told of the instances of a series whose pictures lie in a film: the same at each look,
/// so it is written once, with the film, instead of being put together of an item for each.
///
/// @param frames of all of them
/// @param json `Instance` of docs/openapi.yaml, without addresses
public record Listing(int instances, int frames, RawJson json) {
  /// Of what is told; one that was written by another is put together anew.
  static final int FORM = 1;

  public static Listing of(List<Instance> instances) {
    var lines = instances.stream().map(Line::of).toList();
    var frames = instances.stream().mapToInt(Instance::frames).sum();
    return new Listing(instances.size(), frames, new RawJson(Json.text(lines)));
  }

  byte[] packed() {
    return Gzip.packed(json.text().getBytes(StandardCharsets.UTF_8));
  }

  static RawJson unpacked(byte[] packed) {
    return new RawJson(new String(Gzip.unpacked(packed), StandardCharsets.UTF_8));
  }

  private record Line(
      String uid,
      Optional<Integer> number,
      int frames,
      String transferSyntax,
      int rows,
      int columns,
      Optional<String> url,
      Optional<String> preview,
      List<String> previews,
      Optional<Instance.Window> window,
      Optional<Instance.Pixels> pixels,
      double frameMillis,
      Optional<Video> video) {
    static Line of(Instance instance) {
      return new Line(
          instance.sopUid(),
          instance.number(),
          instance.frames(),
          instance.transferSyntax(),
          instance.rows(),
          instance.columns(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          instance.window(),
          instance.pixels(),
          instance.frameMillis(),
          instance.pictures().isVideo()
              ? Optional.of(new Video(Optional.empty()))
              : Optional.empty());
    }
  }

  private record Video(Optional<String> url) {}
}

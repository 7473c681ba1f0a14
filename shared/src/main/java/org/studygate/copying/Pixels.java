package org.studygate.copying;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// What somebody decided who looked at the pictures of a copy: nobody can be recognised in them, or
/// only once these parts are covered.
public record Pixels(List<Region> regions) {
  public static final Pixels CLEAN = new Pixels(List.of());

  private static final int MOST = 1000;
  private static final int FARTHEST = 65_535;

  /// In pixels of the picture as it was taken, of each of its frames.
  ///
  /// @param instances of which; empty of all that somebody looked at
  public record Region(int x, int y, int width, int height, Optional<Set<String>> instances) {
    public Region {
      if (x < 0 || y < 0 || width < 1 || height < 1) {
        throw new IllegalArgumentException("covers nothing");
      }
      instances = instances.map(Set::copyOf);
    }

    boolean covers(String sop) {
      return instances.map(some -> some.contains(sop)).orElse(true);
    }
  }

  public Pixels {
    regions = List.copyOf(regions);
  }

  /// What is covered of this image.
  public List<Region> of(String sop) {
    return regions.stream().filter(region -> region.covers(sop)).toList();
  }

  /// Of what a page sends: `{"clean":true}` or `{"regions":[…]}`.
  public static Pixels asked(JsonObject json) {
    var clean = json.bool("clean", false);
    var all = clean ? List.<JsonObject>of() : json.objects("regions");
    if (!clean && (all.isEmpty() || all.size() > MOST)) {
      throw new BadJson("regions has one to " + MOST);
    }
    var pixels = new Pixels(all.stream().map(Pixels::region).toList());
    json.done();
    return pixels;
  }

  private static Region region(JsonObject json) {
    var region =
        new Region(
            within(json, "x", 0),
            within(json, "y", 0),
            within(json, "width", 1),
            within(json, "height", 1),
            instances(json));
    json.done();
    return region;
  }

  private static Optional<Set<String>> instances(JsonObject json) {
    return Optional.of(Set.copyOf(json.strings("instances"))).filter(some -> !some.isEmpty());
  }

  private static int within(JsonObject json, String name, int least) {
    return json.optionalInt(name)
        .filter(value -> value >= least && value <= FARTHEST)
        .orElseThrow(() -> new BadJson(name + " lies between " + least + " and " + FARTHEST));
  }

  /// As it stands in a table.
  String text() {
    return Json.text(Map.of("regions", regions));
  }

  static Pixels parse(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    return new Pixels(json.objects("regions").stream().map(Pixels::region).toList());
  }
}

package org.studygate.copying;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.studygate.access.Bucket;
import org.studygate.access.Scope;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;

/// Images that a copy does not have, by why: whoever gave it is told.
///
/// @param images how many, by the code of `Outcome.Why` or [#UNSEEN]
public record LeftOut(Map<String, Integer> images) {
  /// May carry text, and nobody has looked at each of its frames.
  public static final String UNSEEN = "unseen";

  public static final LeftOut NOTHING = new LeftOut(Map.of());

  /// Some of them, as it is told.
  public record Some(String why, int images) {}

  public LeftOut {
    images = Map.copyOf(images);
  }

  /// What each of these buckets does not have; of one that opens no copies, nothing.
  public static Function<Bucket, LeftOut> of(Copies copies, Collection<Bucket> buckets) {
    var ids =
        buckets.stream()
            .flatMap(
                bucket ->
                    bucket.scope() instanceof Scope.OfCopies some
                        ? some.copies().stream()
                        : Stream.empty())
            .toList();
    var found =
        ids.isEmpty()
            ? Map.<String, LeftOut>of()
            : copies.planned(ids).stream()
                .collect(
                    groupingBy(
                        Copies.Copy::bucket,
                        collectingAndThen(mapping(Copies.Copy::left, toList()), LeftOut::all)));
    return bucket -> found.getOrDefault(bucket.id(), NOTHING);
  }

  public static LeftOut all(Collection<LeftOut> parts) {
    var all = new TreeMap<String, Integer>();
    parts.forEach(part -> part.images().forEach((why, some) -> all.merge(why, some, Integer::sum)));
    return new LeftOut(all);
  }

  /// Most come first.
  public List<Some> told() {
    return images.entrySet().stream()
        .map(one -> new Some(one.getKey(), one.getValue()))
        .sorted(Comparator.comparing(Some::images).reversed().thenComparing(Some::why))
        .toList();
  }

  /// As it stands in a table.
  String text() {
    return Json.text(new TreeMap<>(images));
  }

  static LeftOut parse(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    var images = new TreeMap<String, Integer>();
    json.names().forEach(why -> images.put(why, json.optionalInt(why).orElse(0)));
    return new LeftOut(images);
  }
}

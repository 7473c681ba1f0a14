package org.studygate.inbox;

import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.json.BadJson;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.study.StudyId;

/// An object that a hospital has put, as S3 tells of it.
///
/// @param at when it was put
/// @param sequencer tells which of two puts under one key was the later
public record InboxObject(
    String bucket, String key, long size, Instant at, String sequencer, String version) {
  private static final Pattern KEY = Pattern.compile("in/([a-z0-9-]{2,32})/(.+)", Pattern.DOTALL);

  /// The objects of an event of S3; none for its test event. What is neither is malformed.
  public static List<InboxObject> of(String event) {
    var json = JsonObject.parse(event.getBytes(StandardCharsets.UTF_8));
    var objects = json.objects("Records").stream().map(InboxObject::record).toList();
    if (objects.isEmpty() && !json.optionalString("Event").orElse("").equals("s3:TestEvent")) {
      throw new BadJson("this is no event of S3");
    }
    return objects;
  }

  /// What a line of the log may tell of an event: our names of its objects, as in quarantine.
  public static Map<String, String> ids(String event) {
    return Map.of("objects", of(event).stream().map(InboxObject::id).collect(joining(",")));
  }

  private static InboxObject record(JsonObject json) {
    var s3 = json.object("s3");
    var object = s3.object("object");
    return new InboxObject(
        s3.object("bucket").string("name"),
        decode(object.string("key")),
        object.optionalLong("size").orElse(0L),
        json.optionalInstant("eventTime").orElseThrow(() -> new BadJson("eventTime is missing")),
        object.optionalString("sequencer").orElse(""),
        object.optionalString("eTag").orElse(""));
  }

  /// S3 writes keys in events as in a form: `+` for a space.
  private static String decode(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new BadJson("the key is not encoded as S3 does");
    }
  }

  /// The same event again, for another queue.
  public String event() {
    return Json.text(
        Map.of(
            "Records",
            List.of(
                Map.of(
                    "eventTime",
                    at,
                    "s3",
                    Map.of(
                        "bucket",
                        Map.of("name", bucket),
                        "object",
                        Map.of(
                            "key",
                            java.net.URLEncoder.encode(key, StandardCharsets.UTF_8),
                            "size",
                            size,
                            "sequencer",
                            sequencer,
                            "eTag",
                            version))))));
  }

  /// The department whose credentials wrote it; empty if the key is not of the agreed shape.
  public Optional<String> department() {
    var match = KEY.matcher(key);
    return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /// The name of an object that lies beside this one.
  public String beside(String name) {
    return key.substring(0, key.lastIndexOf('/') + 1) + name;
  }

  /// Names this arrival of this object: equal for each time it is told.
  public String id() {
    return StudyId.name(bucket + "\n" + key + "\n" + version + "\n" + sequencer);
  }

  @Override
  public String toString() {
    return "InboxObject[" + id() + "]";
  }
}

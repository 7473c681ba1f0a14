package org.studygate.study;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.studygate.dynamo.Item;
import org.studygate.json.Json;
import org.studygate.json.JsonObject;
import org.studygate.study.Studies.Filed;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Items of the Studies table as records and back.
final class StudyItems {
  private StudyItems() {}

  static Study study(Item item) {
    return new Study(
        new StudyId(item.text("study_id")),
        item.text("department"),
        item.text("uid"),
        link(item),
        item.texts("whose").stream().map(Whose::parse).collect(toUnmodifiableSet()),
        item.optionalText("facts").map(StudyItems::facts).orElse(Facts.NONE),
        item.flag("complete"),
        integer(item, "series"),
        integer(item, "instances"),
        integer(item, "received"),
        item.texts("modalities"),
        item.optionalTime("first_complete_at"),
        item.optionalTime("last_at"),
        new Study.Expectation(
            item.optionalTime("done_at"),
            optionalInteger(item, "done_instances"),
            optionalInteger(item, "ordered"),
            integer(item, "complete_instances")),
        flags(item),
        item.optionalTime("flagged_at"),
        item.optionalNumber("revision").orElse(0L),
        item.optionalText("copy_of")
            .map(source -> new Study.Copy(new StudyId(source), item.text("copy_bucket"))));
  }

  private static Studies.Link link(Item item) {
    return new Studies.Link(
        item.optionalText("order_id").map(OrderId::parse),
        optionalInteger(item, "ordered"),
        Set.copyOf(item.texts("link_flags")),
        persons(item, "shown"),
        new Studies.Hand(
            item.optionalText("hand_order").map(OrderId::parse),
            persons(item, "hand_persons"),
            Set.copyOf(item.texts("hand_seen"))));
  }

  private static Set<Person> persons(Item item, String name) {
    return item.texts(name).stream().map(Person::parse).collect(toUnmodifiableSet());
  }

  private static Set<String> flags(Item item) {
    var flags = new TreeSet<>(item.texts("flags"));
    flags.addAll(item.texts("link_flags"));
    return flags;
  }

  /// Series built before frames were counted are read as if each instance had one.
  static Series series(Item item) {
    return new Series(
        new SeriesUid(item.text("item").substring("series#".length())),
        optionalInteger(item, "number"),
        item.optionalText("description").orElse(""),
        item.optionalText("modality").orElse(""),
        item.optionalText("body_part").orElse(""),
        integer(item, "instances"),
        optionalInteger(item, "frames").orElseGet(() -> integer(item, "instances")),
        integer(item, "received"),
        item.optionalText("preview"),
        optionalInteger(item, "announced"),
        item.optionalText("facts").map(StudyItems::facts).orElse(Facts.NONE),
        persons(item, "shown"),
        persons(item, "held"),
        item.optionalNumber("gen").orElse(0L),
        item.optionalNumber("built").orElse(0L),
        item.optionalNumber("film_sheets_end")
            .map(end -> new Series.Film(integer(item, "film_pictures"), end)),
        exact(item),
        documents(item));
  }

  private static List<Document> documents(Item item) {
    var series = new SeriesUid(item.text("item").substring("series#".length()));
    return item.optionalText("documents").map(StudyItems::parse).stream()
        .flatMap(json -> json.objects("all").stream())
        .map(
            json ->
                new Document(
                    series,
                    json.string("uid"),
                    DocumentKind.named(json.string("kind")).orElse(DocumentKind.OTHER),
                    json.string("title"),
                    json.bool("readable", false)))
        .toList();
  }

  /// Nothing where there are none, as of nearly every series.
  static Optional<AttributeValue> documents(List<Document> documents) {
    return documents.isEmpty()
        ? Optional.empty()
        : Optional.of(Item.s(Json.text(Map.of("all", documents))));
  }

  private static Optional<Series.Exact> exact(Item item) {
    var made = item.optionalNumber("exact_head_end");
    if (made.isPresent()) {
      return Optional.of(
          made.get() == 0
              ? new Series.Exact.None()
              : new Series.Exact.Made(integer(item, "exact_frames"), made.get()));
    }
    return item.optionalTime("exact_at").map(Series.Exact.Begun::new);
  }

  private static int integer(Item item, String name) {
    return Math.toIntExact(item.optionalNumber(name).orElse(0L));
  }

  private static Optional<Integer> optionalInteger(Item item, String name) {
    return item.optionalNumber(name).map(Math::toIntExact);
  }

  static Map<String, AttributeValue> instance(StudyId study, Filed filed) {
    var instance = filed.instance();
    return Item.write()
        .put("study_id", study.value())
        .put("item", instance(instance.series(), instance.sopUid()))
        .put("kind", instance.kind().name())
        .put("sha256", instance.sha256())
        .put("at", filed.at())
        .put("detail", Json.text(instance))
        .putIfPresent("header_key", filed.headerKey())
        .attributes();
  }

  /// Of several objects that claim one UID each has its own.
  static Map<String, AttributeValue> header(StudyId study, Filed filed) {
    return Item.write()
        .put("study_id", study.value())
        .put("item", header(filed.instance()))
        .put("header", filed.headerGz())
        .attributes();
  }

  static String header(Instance instance) {
    return "header#" + instance.series() + "#" + instance.sopUid() + "#" + instance.sha256();
  }

  static String instance(SeriesUid series, String sopUid) {
    return "instance#" + series + "#" + sopUid;
  }

  /// @param headers of the series, by their key; those of older instances are in their own item
  static Filed filed(Item item, Map<String, byte[]> headers) {
    var instance = instance(item);
    var key = item.optionalText("header_key");
    var inItem = key.isEmpty() && !headers.containsKey(header(instance));
    var header =
        inItem ? item.bytes("header") : headers.getOrDefault(header(instance), new byte[0]);
    return new Filed(instance, item.time("at"), header, key);
  }

  static Instance instance(Item item) {
    var detail = parse(item.text("detail"));
    var pictures =
        item.optionalText("drawn")
            .map(StudyItems::parse)
            .orElseGet(() -> detail.object("pictures"));
    return instance(detail, pictures(pictures));
  }

  private static JsonObject parse(String json) {
    return JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Instance.Pictures pictures(JsonObject json) {
    return new Instance.Pictures(
        integers(json, "sizes"),
        integer(json, "frames"),
        integers(json, "missing"),
        json.string("why"));
  }

  static Instance instance(JsonObject json, Instance.Pictures pictures) {
    var series = json.object("seriesFacts");
    return new Instance(
        new SeriesUid(uid(json, "series")),
        json.string("sopUid"),
        json.string("sopClass"),
        Instance.Kind.valueOf(json.string("kind")),
        json.optionalInt("number"),
        json.string("transferSyntax"),
        json.optionalLong("length").orElseThrow(),
        json.string("sha256"),
        integer(json, "frames"),
        integer(json, "rows"),
        integer(json, "columns"),
        pictures,
        json.optionalObject("window")
            .map(window -> new Instance.Window(real(window, "center"), real(window, "width"))),
        json.optionalObject("pixels").map(StudyItems::pixels),
        reals(json, "position"),
        reals(json, "orientation"),
        real(json, "frameMillis"),
        new Instance.SeriesFacts(
            series.optionalInt("number"),
            series.string("description"),
            series.string("modality"),
            series.string("bodyPart")),
        facts(json.object("facts")),
        json.optionalInt("announced"),
        json.optionalObject("label")
            .map(
                label -> new Instance.Label(label.string("title"), label.bool("readable", false))));
  }

  private static String uid(JsonObject json, String name) {
    return json.object(name).string("value");
  }

  private static Instance.Pixels pixels(JsonObject json) {
    return new Instance.Pixels(
        json.optionalLong("offset").orElseThrow(),
        json.optionalLong("length").orElseThrow(),
        integer(json, "frames"),
        integer(json, "rows"),
        integer(json, "columns"),
        integer(json, "samples"),
        integer(json, "bitsAllocated"),
        integer(json, "bitsStored"),
        json.bool("signed", false),
        real(json, "slope"),
        real(json, "intercept"),
        json.string("photometric"),
        integer(json, "planar"));
  }

  private static int integer(JsonObject json, String name) {
    return json.optionalInt(name).orElseThrow();
  }

  private static double real(JsonObject json, String name) {
    return json.optionalDecimal(name).map(BigDecimal::doubleValue).orElse(0.0);
  }

  private static List<Integer> integers(JsonObject json, String name) {
    return json.decimals(name).stream().map(BigDecimal::intValueExact).toList();
  }

  private static List<Double> reals(JsonObject json, String name) {
    return json.decimals(name).stream().map(BigDecimal::doubleValue).toList();
  }

  static Facts facts(String json) {
    return facts(parse(json));
  }

  private static Facts facts(JsonObject json) {
    return new Facts(
        json.string("patientId"),
        json.string("patientIssuer"),
        json.string("patientName"),
        json.string("birthDate"),
        json.string("sex"),
        json.string("date"),
        json.string("time"),
        json.string("description"),
        json.string("institution"));
  }

  /// Reports that count for a study: those that came for it, and those of the order it belongs to.
  static List<Report> reports(Stream<Item> items, Study study) {
    return grouped(
        items
            .filter(ReportItems::counts)
            .filter(
                item ->
                    item.optionalText("person").map(Person::parse).map(study::shows).orElse(true))
            .map(ReportItems::version),
        study.order());
  }

  static List<Report> grouped(Stream<Report.Version> versions, Optional<OrderId> order) {
    var reports = new ArrayList<Report>();
    versions
        .filter(version -> version.order().isEmpty() || version.order().equals(order))
        .distinct()
        .collect(groupingBy(Report.Version::report))
        .forEach((id, all) -> reports.add(new Report(id, all)));
    reports.sort(comparing(Report::id));
    return List.copyOf(reports);
  }
}

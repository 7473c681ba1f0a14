package org.studygate.messageingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.department.Department;
import org.studygate.inbox.InboxObject;
import org.studygate.json.JsonObject;
import org.studygate.objects.Keys;
import org.studygate.objects.Objects;
import org.studygate.order.Linking;
import org.studygate.order.OrderJson;
import org.studygate.order.Orders;
import org.studygate.order.ReportFiles;
import org.studygate.order.ReportFiles.Naming;
import org.studygate.platform.Sha256;
import org.studygate.study.OrderId;
import org.studygate.study.Report;
import org.studygate.study.Studies;
import org.studygate.study.StudyId;

/// Reports, their PDF files, and which belongs to which, whatever comes first. Versions are kept; a
/// version is a hash of what it says, so the same message sent twice is one.
final class ReportMessages {
  private static final int LONGEST_TEXT = 300_000;

  private final Objects objects;
  private final Orders orders;
  private final Studies studies;
  private final ReportFiles files;
  private final Linking linking;

  ReportMessages(
      Objects objects, Orders orders, Studies studies, ReportFiles files, Linking linking) {
    this.objects = objects;
    this.orders = orders;
    this.studies = studies;
    this.files = files;
    this.linking = linking;
  }

  void take(InboxObject object, Department department, JsonObject json) throws Refused {
    var order = Messages.order(department, json);
    var study = Optional.<StudyId>empty();
    if (json.names().contains("studyUid")) {
      study = Optional.of(StudyId.of(department.id(), Messages.studyUid(json)));
    }
    var file = json.optionalString("file");
    var version = version(object, order, study, file, json);
    if (study.isPresent()) {
      studies.report(study.get(), version);
      linking.studyReportCame(study.get());
    } else {
      orders.report(order, version);
    }
    if (file.isPresent()) {
      var name = name(department, object.beside(file.get()));
      files.named(name, new Naming(order, study, version.report(), version.version()));
      join(name);
    }
    linking.reportCame(order);
  }

  private static Report.Version version(
      InboxObject object,
      OrderId order,
      Optional<StudyId> study,
      Optional<String> file,
      JsonObject json)
      throws Refused {
    var state =
        Report.State.of(json.string("state"))
            .orElseThrow(
                () ->
                    new Refused(
                        "unknown-state", "The state is none of preliminary, final, corrected."));
    var language = OrderJson.language(json).orElse("");
    var text = json.optionalString("text").orElse("");
    var author = json.optionalObject("author").map(ReportMessages::author).orElse("");
    json.done();
    if (text.isBlank() && file.isEmpty()) {
      throw new Refused("empty-report", "A report has a text, a file or both.");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT) {
      throw new Refused(
          "field-too-long", "text has more than 300 kB, the most that a report holds: send a PDF.");
    }
    if (file.filter(name -> name.isBlank() || name.contains("/")).isPresent()) {
      throw new Refused("bad-file", "The file is named as it lies beside the message.");
    }
    var says = String.join("\n", state.toString(), language, text, author, file.orElse(""));
    return new Report.Version(
        study.map(one -> "study").orElse("order") + "-" + hash(order.toString()).substring(0, 16),
        hash(says).substring(0, 32),
        state,
        object.at(),
        Optional.of(order),
        language,
        text,
        author,
        Optional.empty(),
        false);
  }

  private static String author(JsonObject json) {
    var author = OrderJson.person(json);
    return (author.givenName().orElse("") + " " + author.familyName().orElse("")).strip();
  }

  /// A PDF file. Whose it is, a message beside it says.
  void pdf(InboxObject object, Department department, byte[] bytes) throws IOException {
    var name = name(department, object.key());
    var hash = Sha256.hex(bytes);
    var key = Keys.reportFile(department.id(), name.substring(0, 32), hash);
    objects.put(key, "application/pdf", bytes);
    var rank = "%015d-%s".formatted(object.at().toEpochMilli(), hash);
    files.arrived(name, new Report.Pdf(key, rank));
    join(name);
  }

  /// Each side writes what it knows before it reads the other, so one of two that come at once sees
  /// both.
  private void join(String name) {
    var found = files.find(name);
    var pdf = found.newest();
    if (pdf.isEmpty()) {
      return;
    }
    for (var naming : found.namings()) {
      for (var version : versions(naming)) {
        if (found.disputed()) {
          dispute(naming, version);
        } else {
          attach(naming, version, pdf.get());
        }
      }
      linking.reportCame(naming.order());
    }
  }

  private List<Report.Version> versions(Naming naming) {
    Stream<Report.Version> all =
        naming
            .study()
            .map(
                study ->
                    studies.reports(study, naming.order(), List.of()).stream()
                        .flatMap(report -> report.versions().stream()))
            .orElseGet(() -> orders.reports(naming.order()).all());
    return all.filter(version -> version.report().equals(naming.report()))
        .filter(version -> version.version().equals(naming.version()))
        .toList();
  }

  private void attach(Naming naming, Report.Version version, Report.Pdf pdf) {
    naming
        .study()
        .ifPresentOrElse(
            study -> studies.attach(study, version, pdf),
            () -> orders.attach(naming.order(), version, pdf));
  }

  private void dispute(Naming naming, Report.Version version) {
    naming
        .study()
        .ifPresentOrElse(
            study -> studies.dispute(study, version),
            () -> orders.dispute(naming.order(), version));
  }

  private static String name(Department department, String path) {
    return hash(department.id() + "\n" + path);
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }
}

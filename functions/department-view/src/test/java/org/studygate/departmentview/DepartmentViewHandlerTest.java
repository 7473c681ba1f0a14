package org.studygate.departmentview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.TestHospital;
import org.studygate.department.Department;
import org.studygate.department.DynamoDepartments;
import org.studygate.department.Logo;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.json.BadJson;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DepartmentViewHandlerTest {
  @AutoClose private final TestTables tables = TestTables.start();
  private TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private DepartmentViewHandler handler;

  @BeforeAll
  void start() {
    clock = TestClock.at("2026-11-23T10:00:00Z");
    var hospital = new TestHospital(tables, clock);
    hospital.department("zuid", new ReportRule.Never());
    hospital.department("noord", new ReportRule.AtOnce());
    handler = handler(Map.of("SERVICE_DESK_PHONE", "+32 3 555 09 00", "SERVICE_DESK_EMAIL", ""));
  }

  private DepartmentViewHandler handler(Map<String, String> desk) {
    var variables = new HashMap<>(TestHospital.variables());
    variables.putAll(desk);
    return new DepartmentViewHandler(TestPlatform.of(clock, tables, variables));
  }

  @Test
  void listsDepartmentsByName() throws IOException {
    var answer = send("list");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"departments\":[{\"id\":\"noord\",\"name\":\"Radiologie noord\",\"hospital\":\"Ziekenhuis noord\"},"
                + "{\"id\":\"zuid\",\"name\":\"Radiologie zuid\",\"hospital\":\"Ziekenhuis zuid\"}],"
                + "\"serviceDesk\":{\"phone\":\"+32 3 555 09 00\",\"email\":null}}");
    assertThat(answer.headers()).containsEntry("cache-control", "public, max-age=60");
  }

  @Test
  void showsTheFaceOfOneAndNothingOfItsPolicy() throws IOException {
    var answer = send("one");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"noord\",\"name\":\"Radiologie noord\",\"hospital\":\"Ziekenhuis noord\","
                + "\"phone\":\"+3234567890\",\"email\":null,\"address\":null,\"website\":null,"
                + "\"logo\":null,\"brand\":{\"light\":\"#0b5c7a\",\"dark\":\"#7cc4de\"},"
                + "\"languages\":[\"nl\",\"fr\"],\"conditionsVersion\":\"1\",\"partialBirthDates\":false,\"statements\":{},"
                + "\"serviceDesk\":{\"phone\":\"+32 3 555 09 00\",\"email\":null}}");
    assertThat(answer.headers()).containsEntry("cache-control", "public, max-age=60");
  }

  @Test
  void anEnvironmentWithoutAServiceDeskNamesNone() throws IOException {
    var answer = handler(Map.of("SERVICE_DESK_PHONE", "")).answer(request("list"));
    assertThat(answer.body()).endsWith("\"serviceDesk\":null}");
  }

  @Test
  void theLogoIsAPictureForGoodAndWhoHasNoneHasNoAddress() throws IOException {
    assertThat(send("logo").status()).isEqualTo(404);
    var noord = new DynamoDepartments(tables.client(), "DepartmentsTable");
    var plain = noord.find("noord").orElseThrow();
    var picture =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==";
    noord.put(shown(plain, new Logo("image/png", picture)), clock.instant(), "test");
    var answer = send("logo");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(picture);
    assertThat(answer.base64()).isTrue();
    assertThat(answer.headers())
        .containsEntry("content-type", "image/png")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(send("one").body()).contains("\"logo\":\"/api/departments/noord/logo?v=");
    noord.put(plain, clock.instant(), "test");
  }

  private static Department shown(Department department, Logo logo) {
    return new Department(
        department.id(),
        department.name(),
        department.hospital(),
        department.contact(),
        Optional.of(logo),
        department.brand(),
        department.languages(),
        department.zone(),
        department.conditionsVersion(),
        department.policy());
  }

  @Test
  void tellsTheOtherEnvironmentsAndWhereTheEdgeSeesTheBrowser() throws IOException {
    var answer = handler(Map.of("OWN_COUNTRY", "BE", "ALL_ENVIRONMENTS", TWO)).answer(abroad());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"here\":{\"country\":\"BE\",\"name\":\"Studygate België\"},"
                + "\"others\":[{\"country\":\"NL\",\"name\":\"Studygate Nederland\",\"origin\":\"https://nl.studygate.example\"}],"
                + "\"visitor\":\"NL\"}");
    assertThat(answer.headers()).containsEntry("cache-control", "private, max-age=60");
  }

  @Test
  void anEnvironmentAloneAndAnEdgeThatKnowsNoCountryAreToldAsNone() throws IOException {
    assertThat(send("environments").body())
        .isEqualTo("{\"here\":null,\"others\":[],\"visitor\":null}");
    var strange = new HashMap<>(request("environments").headers());
    strange.put("cloudfront-viewer-country", "<script>");
    assertThat(handler.answer(with(strange)).body()).contains("\"visitor\":null");
  }

  @Test
  void aListThatIsWrongNeverStarts() {
    for (var wrong :
        new String[] {
          TWO.replace("https://nl.studygate.example", "https://nl.studygate.example/path"),
          TWO.replace("https://nl.studygate.example", "http://nl.studygate.example"),
          TWO.replace("https://nl.studygate.example", "javascript:alert(1)"),
          TWO.replace("\"NL\"", "\"nl\""),
          TWO.replace("\"NL\"", "\"BE\""),
          TWO.replace("\"BE\"", "\"FR\""),
          TWO.replace("\"name\"", "\"title\""),
          "[]",
        }) {
      assertThatThrownBy(() -> handler(Map.of("OWN_COUNTRY", "BE", "ALL_ENVIRONMENTS", wrong)))
          .as(wrong)
          .isInstanceOf(BadJson.class);
    }
  }

  private static final String TWO =
      """
      {"environments": [
        {"country": "BE", "name": "Studygate België", "origin": "https://be.studygate.example"},
        {"country": "NL", "name": "Studygate Nederland", "origin": "https://nl.studygate.example"}
      ]}""";

  private static HttpRequest abroad() throws IOException {
    var headers = new HashMap<>(request("environments").headers());
    headers.put("cloudfront-viewer-country", "NL");
    return with(headers);
  }

  private static HttpRequest with(Map<String, String> headers) throws IOException {
    var one = request("environments");
    return new HttpRequest(
        one.route(),
        one.path(),
        one.rawQuery(),
        headers,
        one.cookies(),
        one.pathParameters(),
        one.sourceAddress(),
        one.requestId(),
        one.body());
  }

  @Test
  void whatIsNoDepartmentIsNotFoundAndNotKept() throws IOException {
    for (var name : new String[] {"unknown", "not-an-id"}) {
      var answer = send(name);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).contains("\"code\":\"not-found\"");
      assertThat(answer.headers()).containsEntry("cache-control", "no-store");
    }
  }

  private HttpResponse send(String name) throws IOException {
    return handler.answer(request(name));
  }

  private static HttpRequest request(String name) throws IOException {
    try (var in = Files.newInputStream(Path.of("../../events/department-view/" + name + ".json"))) {
      return HttpRequest.read(in);
    }
  }
}

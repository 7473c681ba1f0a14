package org.studygate.departmentview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.http.HttpRequest;
import org.studygate.http.HttpResponse;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DepartmentViewHandlerTest {
  private TestTables tables;
  private DepartmentViewHandler handler;

  @BeforeAll
  void start() throws Exception {
    tables = TestTables.start();
    var clock = TestClock.at("2026-11-23T10:00:00Z");
    var hospital = new TestHospital(tables, clock);
    hospital.department("zuid", new ReportRule.Never());
    hospital.department("noord", new ReportRule.AtOnce());
    handler =
        new DepartmentViewHandler(
            TestPlatform.of(clock, tables.endpoint(), TestHospital.variables()));
  }

  @AfterAll
  void stop() throws Exception {
    tables.close();
  }

  @Test
  void listsDepartmentsByName() throws IOException {
    var answer = send("list");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"departments\":[{\"id\":\"noord\",\"name\":\"Radiologie noord\",\"hospital\":\"Ziekenhuis noord\"},"
                + "{\"id\":\"zuid\",\"name\":\"Radiologie zuid\",\"hospital\":\"Ziekenhuis zuid\"}]}");
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
                + "\"languages\":[\"nl\",\"fr\"],\"conditionsVersion\":\"1\"}");
    assertThat(answer.headers()).containsEntry("cache-control", "public, max-age=60");
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
    try (var in = Files.newInputStream(Path.of("../../events/department-view/" + name + ".json"))) {
      return handler.answer(HttpRequest.read(in));
    }
  }
}

package org.studygate.local;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import org.studygate.department.DepartmentJson;
import org.studygate.department.DynamoDepartments;
import org.studygate.local.template.Template;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A second environment, that of another country: the same pages and functions, with tables of its
/// own that know one department and nobody else. So one can be asked where one belongs, go there,
/// and come back. Its name is `localhost`, since browsers keep cookies by name and not by port.
final class Abroad {
  private static final String TABLES = "Abroad";

  private final Settings settings;
  private final Clock clock;
  private final DynamoDbClient dynamo;
  private final Template template;
  private final Functions functions;
  private final Gateway gateway;
  private final Pages pages;
  private boolean there;

  Abroad(
      Settings settings,
      Clock clock,
      DynamoDbClient dynamo,
      Template template,
      Functions functions,
      Gateway gateway,
      Pages pages) {
    this.settings = settings;
    this.clock = clock;
    this.dynamo = dynamo;
    this.template = template;
    this.functions = functions;
    this.gateway = gateway;
    this.pages = pages;
  }

  void api(HttpExchange exchange) throws IOException {
    begin();
    gateway.serve(exchange);
  }

  void page(HttpExchange exchange) throws IOException {
    pages.serve(exchange);
  }

  /// Made when somebody comes, so that nobody else waits for it.
  private synchronized void begin() throws IOException {
    if (there) {
      return;
    }
    new Tables(template, dynamo, TABLES).create();
    var json =
        Files.readString(settings.root().resolve("local/demo/departments/abroad/zuiderkroon.json"));
    new DynamoDepartments(dynamo, TABLES + "DepartmentsTable")
        .put(DepartmentJson.read(json), clock.instant(), "demo");
    there = true;
  }

  /// After a reset nothing is there.
  synchronized void forget() {
    functions.forget();
    there = false;
  }

  /// What tables of this environment are called.
  static String table(String name) {
    return TABLES + name;
  }
}

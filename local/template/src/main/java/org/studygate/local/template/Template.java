package org.studygate.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;

/// What stands in a template of SAM: resources, and those that have a shape of their own.
public final class Template {
  private static final String NAME = "template.yaml";
  private static final int SECONDS = 3; // Lambda's own, where nothing is said

  private final List<Resource> resources;
  private final List<Function> functions;

  private Template(Value whole) {
    this.resources =
        whole.at("Resources").entries().entrySet().stream()
            .map(entry -> Resource.of(entry.getKey(), entry.getValue()))
            .toList();
    var seconds = whole.at("Globals", "Function", "Timeout").number(SECONDS);
    this.functions =
        ofType("AWS::Serverless::Function").stream()
            .map(resource -> Function.of(resource, seconds))
            .toList();
  }

  public static Template of(String yaml) {
    return new Template(Value.of(yaml));
  }

  public static Template read(Path file) throws IOException {
    return of(Files.readString(file));
  }

  /// The one of the project, from whichever of its folders.
  public static Template ofProject() {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(NAME))) {
        try {
          return read(folder.resolve(NAME));
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    }
    throw new IllegalStateException("no " + NAME + " here or above");
  }

  public List<Resource> ofType(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  public Optional<Resource> find(String name) {
    return resources.stream().filter(resource -> resource.name().equals(name)).findFirst();
  }

  public List<Function> functions() {
    return functions;
  }

  public Function function(String name) {
    return functions.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  /// The tables, as DynamoDB Local makes them under their logical names.
  public List<CreateTableRequest> tables() {
    return ofType("AWS::DynamoDB::Table").stream().map(Tables::request).toList();
  }
}

package org.studygate.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The folders of `functions/`: what is checked is what lies there, not a list that somebody keeps.
final class Folders {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FUNCTIONS = ROOT.resolve("functions");

  private Folders() {}

  static List<String> functions() {
    return names(FUNCTIONS, folder -> Files.exists(folder.resolve("pom.xml")));
  }

  static Path function(String name) {
    return FUNCTIONS.resolve(name);
  }

  /// `org.studygate.<package>` of a function has the package that its sources are in.
  static String packageOf(String function) {
    var packages = names(sources(function).resolve("org/studygate"), Files::isDirectory);
    if (packages.size() != 1) {
      throw new IllegalStateException(function + " has not one package but " + packages);
    }
    return packages.getFirst();
  }

  static Path sources(String function) {
    return function(function).resolve("src/main/java");
  }

  /// What of a function or of `shared` has been compiled; told plainly when it has not.
  static Path classes(Path module) {
    var classes = module.resolve("target/classes");
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException(classes + " is missing: build the whole, `mvn install`");
    }
    return classes;
  }

  static List<String> names(Path folder, java.util.function.Predicate<Path> which) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(which).map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

package org.studygate.platform;

import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the repository, from whichever of its folders a test runs in.
public final class TestFiles {
  private TestFiles() {}

  public static Path fromTheRoot(String name) {
    var file = Path.of(name);
    for (var up = Path.of(""); !Files.exists(file); ) {
      up = up.resolve("..");
      file = up.resolve(name);
    }
    return file;
  }
}

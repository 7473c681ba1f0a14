package org.studygate.i18n;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.studygate.platform.TestFiles;

/// The languages that there are: one for each folder of catalogues.
public final class Languages {
  public static final List<String> ALL = all();

  private Languages() {}

  static Path folder() {
    return TestFiles.fromTheRoot("shared/src/main/resources/org/studygate/i18n");
  }

  private static List<String> all() {
    try (var folders = Files.list(folder())) {
      return folders.map(one -> one.getFileName().toString()).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

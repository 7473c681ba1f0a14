package org.studygate.dicom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.studygate.dicom.guard.Bytes;

/// Files from public bug reports of other products, made small: a folder each in `local/cases`.
public final class CaseFiles {
  private static final Path FOLDER = Path.of("../../local/cases");

  private CaseFiles() {}

  /// What is done with one folder.
  @FunctionalInterface
  public interface Check {
    void accept(Path folder) throws Exception;
  }

  public static Path folder(String name) {
    return FOLDER.resolve(name);
  }

  static DicomFile open(String name) throws IOException {
    return (DicomFile) DicomFile.open(Bytes.of(Files.readAllBytes(folder(name).resolve("f.dcm"))));
  }

  /// A test for each folder that has a file and whose name begins with one of these letters.
  public static Stream<DynamicTest> each(String letters, Check check) throws IOException {
    return folders(letters).stream()
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> check.accept(folder)));
  }

  public static List<Path> folders(String letters) throws IOException {
    try (var folders = Files.list(FOLDER)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[" + letters + "]\\d.*"))
          .filter(folder -> Files.exists(folder.resolve("f.dcm")))
          .sorted()
          .toList();
    }
  }
}

package org.studygate.local;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import org.studygate.dicom.MadeCt;

/// Files that cost some seconds to draw, kept between two starts as long as the classes that draw
/// them are the same.
final class Drawings {
  /// By name: the classes around which are not for others to see.
  private static final List<String> PENS =
      List.of("MadeCt", "Chest", "MadeMr", "Nifti", "Volume", "Part10");

  private final Path folder;
  private final byte[] pens;

  Drawings(Path folder) {
    this.folder = folder;
    var all = new ByteArrayOutputStream();
    for (var pen : PENS) {
      try (var in = requireNonNull(MadeCt.class.getResourceAsStream(pen + ".class"), pen)) {
        in.transferTo(all);
      } catch (IOException notOfThisJar) {
        throw new UncheckedIOException(notOfThisJar);
      }
    }
    this.pens = all.toByteArray();
  }

  private String key(String of) {
    var sum = new CRC32();
    sum.update(pens);
    sum.update(of.getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  /// @param of what is drawn, as far as its name does not say it
  Callable<byte[]> of(String name, String of, Callable<byte[]> pen) {
    return () -> {
      var file = folder.resolve(name + "-" + key(of));
      if (Files.exists(file)) {
        return Files.readAllBytes(file);
      }
      var drawn = pen.call();
      forgetOthers(name);
      var part = Files.createTempFile(folder, "part", null); // two may draw at once
      Files.write(part, drawn);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return drawn;
    };
  }

  /// What other classes drew is of no use any more.
  private void forgetOthers(String name) throws IOException {
    Files.createDirectories(folder);
    try (var others = Files.newDirectoryStream(folder, name + "-*")) {
      for (var other : others) {
        Files.deleteIfExists(other);
      }
    }
  }
}

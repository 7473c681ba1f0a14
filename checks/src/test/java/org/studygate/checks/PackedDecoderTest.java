package org.studygate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.studygate.dicom.DicomFixtures;
import org.studygate.dicom.Part10;
import org.studygate.dicom.guard.TransferSyntax;

/// The process that decodes frames finds its classes in what is deployed, laid out as Lambda does
/// it: classes at the root, jars in `lib/`.
final class PackedDecoderTest {
  private static final int ITEM = 0xFFFEE000;
  private static final int END = 0xFFFEE0DD;

  @Test
  void framesAreDecodedWithWhatIsPacked(@TempDir Path folder) throws Exception {
    try (var loader = new URLClassLoader(unpacked(folder), ClassLoader.getPlatformClassLoader());
        var decoder = decoder(loader)) {
      assertThat(decoded(loader, decoder, jpeg())).startsWith("Frame[columns=32, rows=32");
      assertThat(decoded(loader, decoder, DicomFixtures.spinningJpeg2000()))
          .as("its reader was found, and turns in circles")
          .isEqualTo("NotDecodable[why=too-slow]");
    }
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(one -> one.info().commandLine().orElse("").contains(folder.toString())))
        .isEmpty();
  }

  private static AutoCloseable decoder(ClassLoader loader) throws ReflectiveOperationException {
    var budget = loader.loadClass("org.studygate.dicom.guard.Budget");
    return (AutoCloseable)
        loader
            .loadClass("org.studygate.dicom.frame.DecoderProcess")
            .getConstructor(budget, Clock.class)
            .newInstance(budget.getField("STANDARD").get(null), Clock.systemUTC());
  }

  private static String decoded(ClassLoader loader, AutoCloseable decoder, byte[] file)
      throws Exception {
    var bytes = loader.loadClass("org.studygate.dicom.guard.Bytes");
    var dicom = loader.loadClass("org.studygate.dicom.DicomFile");
    var source = bytes.getMethod("of", byte[].class).invoke(null, (Object) file);
    try (var opened = (AutoCloseable) dicom.getMethod("open", bytes).invoke(null, source)) {
      return dicom
          .getMethod("decode", int.class, loader.loadClass("org.studygate.dicom.frame.Decoder"))
          .invoke(opened, 0, decoder)
          .toString();
    }
  }

  private static URL[] unpacked(Path folder) throws IOException {
    var urls = new ArrayList<URL>();
    urls.add(folder.toUri().toURL());
    try (var zip =
        new ZipFile(Folders.function("study-ingest").resolve("target/function.zip").toFile())) {
      for (var entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
        var file = folder.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(folder)).isTrue();
        Files.createDirectories(file.getParent());
        try (var in = zip.getInputStream(entry)) {
          Files.copy(in, file);
        }
        if (entry.getName().endsWith(".jar")) {
          urls.add(file.toUri().toURL());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static byte[] jpeg() throws IOException {
    var out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY), "jpeg", out);
    var frame = Arrays.copyOf(out.toByteArray(), out.size() + out.size() % 2);
    var dataset =
        Part10.explicit()
            .text(0x00080016, "UI", DicomFixtures.CT_IMAGE)
            .text(0x00080018, "UI", "1.2.3.4")
            .text(0x0020000D, "UI", "1.2.3")
            .text(0x0020000E, "UI", "1.2.3.1")
            .number16(0x00280002, "US", 1)
            .text(0x00280004, "CS", "MONOCHROME2")
            .number16(0x00280010, "US", 32)
            .number16(0x00280011, "US", 32)
            .number16(0x00280100, "US", 8)
            .number16(0x00280101, "US", 8)
            .number16(0x00280102, "US", 7)
            .number16(0x00280103, "US", 0)
            .header(0x7FE00010, "OB", -1)
            .mark(ITEM, 0)
            .mark(ITEM, frame.length)
            .raw(frame)
            .mark(END, 0);
    return Part10.file(
        DicomFixtures.CT_IMAGE, "1.2.3.4", TransferSyntax.JPEG_BASELINE.uid(), dataset.bytes());
  }
}

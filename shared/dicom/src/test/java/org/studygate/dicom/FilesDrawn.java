package org.studygate.dicom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.studygate.dicom.draw.Shader;
import org.studygate.dicom.frame.Decoder;
import org.studygate.dicom.frame.DecoderProcess;
import org.studygate.dicom.frame.Frame;
import org.studygate.dicom.frame.NotDecodable;
import org.studygate.dicom.guard.Budget;
import org.studygate.dicom.guard.Bytes;

/// Draws the first two frames of every file of a folder, as `drawn.py` wants them: `files.tsv` says
/// what became of each file, the pictures lie beside it as PGM or PPM, before anything is shrunk or
/// compressed.
///
///     java -cp ... org.studygate.dicom.FilesDrawn FOLDER PICTURES
final class FilesDrawn {
  private static final int FRAMES = 2;

  private FilesDrawn() {}

  public static void main(String[] folders) throws IOException {
    var from = Path.of(folders[0]);
    var to = Files.createDirectories(Path.of(folders[1]));
    var lines = new ArrayList<String>();
    try (var decoder = new DecoderProcess(Budget.STANDARD, Clock.systemUTC());
        var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        lines.add(
            from.relativize(file) + "\t" + drawn(file, to.resolve("" + lines.size()), decoder));
      }
    }
    Files.write(to.resolve("files.tsv"), lines);
  }

  private static String drawn(Path path, Path picture, Decoder decoder) throws IOException {
    try (var bytes = Bytes.of(path)) {
      return switch (DicomFile.open(bytes)) {
        case Rejected(var reason, _) -> "refused\t" + reason.code();
        case DicomFile file -> {
          try (file) {
            yield file.frames() == 0 ? "no image\t" : frames(file, picture, decoder);
          }
        }
      };
    }
  }

  private static String frames(DicomFile file, Path picture, Decoder decoder) throws IOException {
    var drawn = new ArrayList<String>();
    for (var frame = 0; frame < Math.min(FRAMES, file.frames()); frame++) {
      switch (file.decode(frame, decoder)) {
        case NotDecodable(var why) -> {
          return "not drawn\t" + why.code();
        }
        case Frame decoded -> {
          var name = picture.resolveSibling(picture.getFileName() + "-" + frame);
          write(Shader.draw(decoded, file.shading(), file.header().image(), frame), name);
          drawn.add(name.getFileName().toString());
        }
      }
    }
    return "drawn\t" + String.join(" ", drawn);
  }

  private static void write(Shader.Drawn drawn, Path file) throws IOException {
    var head =
        List.of(drawn.samples() == 1 ? "P5" : "P6", drawn.columns() + " " + drawn.rows(), "255\n");
    try (var out = Files.newOutputStream(file)) {
      out.write(String.join("\n", head).getBytes(StandardCharsets.US_ASCII));
      out.write(drawn.bytes());
    }
  }
}

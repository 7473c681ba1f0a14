package org.studygate.letter;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/// A QR code as a black and white PNG.
final class QrPicture {
  private static final int QUIET = 4; // ISO/IEC 18004
  private static final int DOTS = 4; // enough for 116 dots an inch on paper; more are only slower

  private QrPicture() {}

  static byte[] of(String text) {
    var code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    var side = (code.size + 2 * QUIET) * DOTS;
    var image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
    for (var y = 0; y < side; y++) {
      for (var x = 0; x < side; x++) {
        var dark = code.getModule(x / DOTS - QUIET, y / DOTS - QUIET);
        image.setRGB(x, y, dark ? 0x000000 : 0xFFFFFF);
      }
    }
    try (var png = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

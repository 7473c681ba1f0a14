package org.studygate.letter;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/// A letter as whoever holds it reads it.
///
/// @param pdf as it was made
record Paper(PDDocument pdf, int size) implements AutoCloseable {
  private static final int DPI = 150;

  static Paper of(Letter letter) throws IOException {
    return of(new PdfLetterRenderer().render(letter));
  }

  static Paper of(byte[] bytes) throws IOException {
    return new Paper(Loader.loadPDF(bytes), bytes.length);
  }

  /// All of it, with one blank between words, wherever lines break.
  String text() throws IOException {
    return blanks(lines());
  }

  private static String blanks(String text) {
    return text.replaceAll("[\\s\u00a0]+", " ");
  }

  String lines() throws IOException {
    return new PDFTextStripper().getText(pdf);
  }

  String page(int number) throws IOException {
    var stripper = new PDFTextStripper();
    stripper.setStartPage(number);
    stripper.setEndPage(number);
    return blanks(stripper.getText(pdf));
  }

  int pages() {
    return pdf.getNumberOfPages();
  }

  /// What a telephone reads of the first page.
  String scanned() throws IOException, ReaderException {
    var image = new PDFRenderer(pdf).renderImageWithDPI(0, DPI, ImageType.RGB);
    var width = image.getWidth();
    var height = image.getHeight();
    var dots = image.getRGB(0, 0, width, height, null, 0, width);
    var source = new RGBLuminanceSource(width, height, dots);
    var hints = Map.of(DecodeHintType.TRY_HARDER, true);
    return new QRCodeReader()
        .decode(new BinaryBitmap(new HybridBinarizer(source)), hints)
        .getText();
  }

  /// What stands for pictures where nobody sees them.
  Set<String> alternatives() {
    return objects()
        .filter(one -> one.containsKey(COSName.ALT))
        .map(one -> one.getString(COSName.ALT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> fonts() {
    return objects()
        .filter(one -> COSName.FONT_DESC.equals(one.getDictionaryObject(COSName.TYPE)))
        .filter(one -> one.containsKey(COSName.FONT_FILE2))
        .map(one -> one.getNameAsString(COSName.FONT_NAME))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  float width() {
    return pdf.getPage(0).getMediaBox().getWidth();
  }

  /// How far to the right any letter stands.
  double rightmost() throws IOException {
    var furthest = new double[1];
    new PDFTextStripper() {
      @Override
      protected void writeString(String text, List<TextPosition> positions) {
        for (var one : positions) {
          furthest[0] = Math.max(furthest[0], one.getXDirAdj() + one.getWidthDirAdj());
        }
      }
    }.getText(pdf);
    return furthest[0];
  }

  /// The keys of all dictionaries in the file: what it can do at all.
  Set<String> keys() {
    return objects()
        .flatMap(one -> one.keySet().stream())
        .map(COSName::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<COSDictionary> objects() {
    return pdf.getDocument().getXrefTable().keySet().stream()
        .map(key -> pdf.getDocument().getObjectFromPool(key).getObject())
        .filter(COSDictionary.class::isInstance)
        .map(COSDictionary.class::cast);
  }

  @Override
  public void close() throws IOException {
    pdf.close();
  }
}

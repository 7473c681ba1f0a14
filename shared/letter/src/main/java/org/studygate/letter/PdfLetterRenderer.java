package org.studygate.letter;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.studygate.department.Department.Contact;
import org.studygate.department.Verification;
import org.studygate.letter.Letter.Exam;
import org.studygate.reference.ReferenceNumber;

/// Letters from a template of XHTML and CSS (docs/letter.md).
public final class PdfLetterRenderer implements LetterRenderer {
  private static final String TEMPLATES = "org.studygate.letter.template";
  private static final String FONT = "Noto Sans";
  private static final String LOGO = "letter:logo";
  private static final int REGULAR = 400;
  private static final int BOLD = 700;

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, PdfLetterRenderer.class.getClassLoader(), TEMPLATES);
  private final byte[] style = Bundle.resource("letter.css");
  private final byte[] regular = Bundle.resource("NotoSans-Regular.ttf");
  private final byte[] bold = Bundle.resource("NotoSans-Bold.ttf");
  private final byte[] colours = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
  private final PrintableText print = new PrintableText(drawn(regular).and(drawn(bold)));

  /// Its library would log what it meets on a page, and there are names on it.
  public PdfLetterRenderer() {
    XRLog.setLoggingEnabled(false);
  }

  @Override
  public void prime() {
    render(
        new Letter(
            "en",
            "Studygate",
            "Studygate",
            new Contact("0", Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            "#000000",
            new ReferenceNumber("0".repeat(17)),
            Verification.OTP_SMS,
            Optional.of("0"),
            LocalDate.EPOCH,
            Optional.of("Studygate"),
            List.of(new Exam(Optional.of(LocalDate.EPOCH), "Studygate")),
            false,
            true,
            Optional.of("Studygate"),
            "https://studygate.invalid/#" + "0".repeat(17)));
  }

  @Override
  public byte[] render(Letter letter) {
    var parts = new HashMap<String, byte[]>();
    parts.put("letter:style", style);
    parts.put("letter:qr", QrPicture.of(letter.address()));
    letter.logo().flatMap(LogoPicture::of).ifPresent(logo -> parts.put(LOGO, logo));
    var page = new StringOutput();
    templates.render("letter.jte", Sheet.of(letter, parts.containsKey(LOGO), print), page);
    return pdf(page.toString(), new Bundle(parts));
  }

  private byte[] pdf(String page, Bundle bundle) {
    try (var pdf = new ByteArrayOutputStream()) {
      new PdfRendererBuilder()
          .usePdfUaAccessibility(true)
          .usePdfAConformance(PdfAConformance.PDFA_2_A)
          .useColorProfile(colours)
          .useFont(() -> new ByteArrayInputStream(regular), FONT, REGULAR, FontStyle.NORMAL, true)
          .useFont(() -> new ByteArrayInputStream(bold), FONT, BOLD, FontStyle.NORMAL, true)
          .useUriResolver((base, uri) -> bundle.resolve(uri))
          .useProtocolsStreamImplementation(
              bundle::open, Bundle.SCHEME, "http", "https", "file", "jar")
          .withProducer("Studygate")
          .withHtmlContent(page, "letter:page")
          .toStream(pdf)
          .run();
      return pdf.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static IntPredicate drawn(byte[] font) {
    try {
      var lookup = new TTFParser().parse(new RandomAccessReadBuffer(font)).getUnicodeCmapLookup();
      return character -> lookup.getGlyphId(character) != 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

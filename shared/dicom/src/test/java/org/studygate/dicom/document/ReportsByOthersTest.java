package org.studygate.dicom.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.studygate.dicom.DicomFile;
import org.studygate.dicom.guard.Bytes;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Every text, number and name that DCMTK's `dsr2xml` finds in a report stands in ours.
final class ReportsByOthersTest {
  private static final Path FILES = Path.of("../../.tools/pydicom/test_files");
  private static final Path DSR2XML = Path.of("/usr/bin/dsr2xml");
  private static final Set<String> SAID =
      Set.of("meaning", "value", "first", "middle", "last", "prefix", "suffix");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"reportsi.dcm", "reportsi_with_empty_number_tags.dcm", "test-SR.dcm", "made"})
  void whatDcmtkReadsIsRead(String name) throws Exception {
    if (!Files.isExecutable(DSR2XML)) {
      System.out.println("skipped: " + DSR2XML + " is not installed (Debian: dcmtk)");
    }
    assumeTrue(Files.isExecutable(DSR2XML));
    var file = name.equals("made") ? made() : FILES.resolve(name);
    var theirs = new ArrayList<String>();
    said(xml(file), theirs);
    assertThat(theirs).hasSizeGreaterThan(4);
    var ours = ours(file);
    assertThat(theirs).allSatisfy(text -> assertThat(ours).contains(text));
  }

  private Path made() throws Exception {
    var observer =
        Told.heading(
            "Findings",
            Told.text("Finding", "Een knobbel van 12 mm – links, zie β."),
            Told.number("Diameter", "12.50", "millimeter"),
            Told.item(
                "PNAME",
                "Reader",
                Told.value(
                    0x0040_A123, "PN", "Maes^Jan^P.^Dr.".getBytes(StandardCharsets.US_ASCII))));
    return Files.write(
        folder.resolve("made.dcm"),
        Told.file("1.2.840.10008.5.1.4.1.1.88.22", "ISO_IR 192", Told.none(), observer));
  }

  private Element xml(Path file) throws Exception {
    var out = folder.resolve("out.xml");
    var command =
        List.of(
            DSR2XML.toString(), "-Er", "-Ec", "-Ee", "-Ev", "+U8", file.toString(), out.toString());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isZero();
    var xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(out.toFile());
    return (Element) xml.getElementsByTagName("content").item(0);
  }

  /// Not the codes themselves, which stand before their scheme.
  private static void said(Node at, List<String> found) {
    for (var child = at.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeType() == Node.TEXT_NODE && SAID.contains(at.getNodeName())) {
        var text = child.getTextContent().strip();
        if (!text.isEmpty() && !code(at)) {
          found.add(text.replaceAll("\\s+", " "));
        }
      } else if (child instanceof Element element) {
        if (element.getNodeName().equals("instance") && !element.getAttribute("uid").isEmpty()) {
          found.add(element.getAttribute("uid"));
        }
        said(element, found);
      }
    }
  }

  private static boolean code(Node value) {
    for (var next = value.getNextSibling(); next != null; next = next.getNextSibling()) {
      if (next.getNodeName().equals("scheme")) {
        return true;
      }
    }
    return false;
  }

  private static String ours(Path file) throws Exception {
    try (var bytes = Bytes.of(file);
        var dicom = (DicomFile) DicomFile.open(bytes)) {
      var contents = dicom.contents().orElseThrow();
      var lines =
          contents.lines().stream()
              .flatMap(
                  line ->
                      Stream.concat(
                          Stream.of(line.name(), line.value(), line.unit()),
                          line.references().stream()
                              .flatMap(one -> Stream.of(one.uid(), one.presentation()))));
      return Stream.concat(Stream.of(contents.title()), lines)
          .map(text -> text.replaceAll("\\s+", " "))
          .collect(Collectors.joining(" | "));
    }
  }
}

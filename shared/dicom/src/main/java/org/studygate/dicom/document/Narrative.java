package org.studygate.dicom.document;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.studygate.dicom.document.Contents.Verifier;
import org.studygate.dicom.document.Line.Kind;

/// The narrative of an HL7 CDA document, which is what its author signs: headings of sections,
/// paragraphs, lists and tables as text. Nothing is followed, run or fetched; one with a document
/// type, one that is too deep and one that is not sound XML to its end is not read at all.
public final class Narrative {
  private static final int DEEPEST = 100;
  private static final int DEEPEST_LEVEL = 8;
  private static final int MOST_NAMES = 100;

  /// What begins and ends a line of its own; all else within a text is part of one.
  private static final Set<String> BLOCKS =
      Set.of("text", "paragraph", "list", "item", "caption", "table", "tr", "footnote");

  /// Stand for what divides lines and cells until both are written.
  private static final char BREAK = '\u2028';

  private static final char CELL = '\u2029';

  private final XMLStreamReader xml;
  private final Deque<String> path = new ArrayDeque<>();
  private final Lines lines = new Lines();
  private final List<String> authors = new ArrayList<>();
  private final List<Verifier> verifiers = new ArrayList<>();
  private final StringBuilder said = new StringBuilder();
  private String title = "";
  private String language = "";
  private String moment = "";
  private int sections;
  private int texts;
  private int items;
  private int cells;

  private Narrative(XMLStreamReader xml) {
    this.xml = xml;
  }

  /// Empty if it cannot be read.
  public static Optional<Contents> read(InputStream document) {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("nothing else is read");
        });
    try {
      return new Narrative(factory.createXMLStreamReader(document)).contents();
    } catch (XMLStreamException | RuntimeException unsound) {
      return Optional.empty();
    }
  }

  private Optional<Contents> contents() throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
          return Optional.empty();
        }
        case XMLStreamConstants.START_ELEMENT -> {
          if (path.size() == DEEPEST || (path.isEmpty() && !is("ClinicalDocument"))) {
            return Optional.empty();
          }
          begin(xml.getLocalName());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (said.length() < Lines.MOST_LETTERS) {
            said.append(xml.getText().replace(BREAK, ' ').replace(CELL, ' '));
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          end(xml.getLocalName());
          if (path.isEmpty()) { // what pads the file stands behind it
            return Optional.of(all());
          }
        }
        default -> {
          // comments and instructions say nothing
        }
      }
    }
    return Optional.empty();
  }

  private Contents all() {
    var day = moment.split("T", 2);
    var signed = !verifiers.isEmpty();
    return new Contents(
        title,
        language,
        day[0],
        day.length == 2 ? day[1] : "",
        signed ? "complete" : "",
        signed ? "verified" : "",
        false,
        List.copyOf(authors),
        List.copyOf(verifiers),
        lines.all(),
        lines.cut());
  }

  private boolean is(String name) {
    return xml.getLocalName().equals(name);
  }

  private void begin(String name) {
    if (texts > 0 && name.equals("br")) {
      said.append(BREAK);
    } else if (texts > 0 && BLOCKS.contains(name)) {
      block();
    } else if (texts == 0 && "name".equals(path.peek())) {
      said.append(' '); // between its parts
    } else if (texts == 0) {
      said.setLength(0);
    }
    var head = path.size() == 1;
    if (head && name.equals("languageCode")) {
      language = Texts.language(attribute("code"));
    } else if (head && name.equals("effectiveTime")) {
      moment = Texts.moment(attribute("value"));
    }
    sections += name.equals("section") ? 1 : 0;
    texts += texts > 0 || (name.equals("text") && "section".equals(path.peek())) ? 1 : 0;
    items += texts > 0 && name.equals("item") ? 1 : 0;
    cells += texts > 0 && isCell(name) ? 1 : 0;
    path.push(name);
  }

  private void end(String name) {
    path.pop();
    if (texts > 0) {
      cells -= isCell(name) ? 1 : 0;
      if (isCell(name)) {
        said.append(cells == 0 ? CELL : ' ');
      } else if (name.equals("tr") && cells == 0) {
        row();
      } else if (BLOCKS.contains(name)) {
        block();
      }
      items -= name.equals("item") ? 1 : 0;
      texts--;
    } else if (name.equals("title")) {
      title();
    } else if (name.equals("name") && "assignedPerson".equals(path.peek())) {
      person();
    }
    sections -= name.equals("section") ? 1 : 0;
  }

  private void title() {
    var text = collapsed();
    if (path.size() == 1) {
      title = text;
    } else if ("section".equals(path.peek()) && !text.isEmpty()) {
      lines.add(Line.of(level() - 1, Kind.HEADING, text, ""));
    }
  }

  private void person() {
    var name = collapsed();
    if (path.contains("legalAuthenticator") && verifiers.size() < MOST_NAMES) {
      verifiers.add(new Verifier(name, "", ""));
    } else if (path.contains("author") && authors.size() < MOST_NAMES && !authors.contains(name)) {
      authors.add(name);
    }
  }

  private static boolean isCell(String name) {
    return name.equals("td") || name.equals("th");
  }

  /// Within a cell there is one line only.
  private void block() {
    if (cells > 0) {
      said.append(' ');
    } else {
      flush();
    }
  }

  private void flush() {
    var text = collapsed();
    if (!text.isEmpty()) {
      var level = level() + Math.max(0, items - 1);
      lines.add(
          Line.of(Math.min(DEEPEST_LEVEL, level), Kind.TEXT, "", items > 0 ? "• " + text : text));
    }
  }

  private void row() {
    var row = new ArrayList<String>();
    for (var cell : said.toString().split(String.valueOf(CELL), -1)) {
      row.add(collapsed(cell));
    }
    row.removeLast(); // behind the last one
    said.setLength(0);
    if (!row.isEmpty()) {
      lines.add(Line.of(level(), Kind.ROW, "", String.join("\t", row)));
    }
  }

  private int level() {
    return Math.min(DEEPEST_LEVEL, sections);
  }

  private String collapsed() {
    var text = collapsed(said.toString());
    said.setLength(0);
    return text;
  }

  /// White space of XML is one blank; only what breaks a line does.
  private static String collapsed(String text) {
    var blank = text.replaceAll("[ \\t\\n\\r\\u00A0]+", " ").replaceAll(" ?\\u2028 ?", "\n");
    return Texts.plain(Texts.printable(blank));
  }

  private String attribute(String name) {
    var value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}

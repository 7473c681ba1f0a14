package org.studygate.local;

import java.nio.charset.StandardCharsets;
import org.studygate.dicom.Part10;
import org.studygate.dicom.document.Told;
import org.studygate.json.JsonObject;
import org.studygate.study.Person;

/// What a radiologist adds to the pictures of the head: measurements as a structured report, and a
/// selection of the slices that show it best.
record Notes(Person person, JsonObject order, JsonObject study) {
  static final int ALL = 2;

  private static final String ENHANCED = "1.2.840.10008.5.1.4.1.1.88.22";
  private static final String KEY_OBJECTS = Told.KEY_OBJECTS;

  byte[] measurements() {
    return file(
        ENHANCED,
        "8",
        "SR",
        "Metingen",
        Told.none(),
        Told.heading(
            "Bevindingen",
            Told.text("Techniek", "T1-gewogen volume, gemeten op de axiale reeks."),
            Told.number("Breedte van de derde ventrikel", "4.2", "mm"),
            Told.number("Index van Evans", "0.26", "")),
        Told.heading("Besluit", Told.text("Besluit", "Ventrikels niet verwijd.")));
  }

  byte[] selection() {
    var series = study.string("uid") + ".1";
    return file(
        KEY_OBJECTS,
        "9",
        "KO",
        "Van belang",
        Told.evidence(study.string("uid"), series, series + ".24", series + ".28"),
        Told.text("Waarom", "Op deze twee sneden zijn de ventrikels gemeten."),
        Told.image(series + ".24"),
        Told.image(series + ".28"));
  }

  private byte[] file(
      String sopClass,
      String series,
      String modality,
      String title,
      byte[] evidence,
      byte[]... items) {
    var uid = study.string("uid");
    var sop = uid + "." + series + ".1";
    var day = study.string("date").replace("-", "");
    var name = person.name().replace(' ', '^').getBytes(StandardCharsets.UTF_8);
    var dataset =
        Part10.explicit()
            .text(0x0008_0005, "CS", "ISO_IR 192")
            .text(0x0008_0016, "UI", sopClass)
            .text(0x0008_0018, "UI", sop)
            .text(0x0008_0020, "DA", day)
            .text(0x0008_0023, "DA", day)
            .text(0x0008_0033, "TM", "151500")
            .text(0x0008_0050, "SH", order.string("accession"))
            .text(0x0008_0060, "CS", modality)
            .element(0x0010_0010, "PN", name)
            .text(0x0010_0020, "LO", person.id())
            .text(0x0010_0030, "DA", person.born())
            .text(0x0010_0040, "CS", order.object("patient").string("sex"))
            .text(0x0020_000D, "UI", uid)
            .text(0x0020_000E, "UI", uid + "." + series)
            .text(0x0040_A040, "CS", "CONTAINER")
            .raw(Told.name(title))
            .text(0x0040_A050, "CS", "SEPARATE")
            .raw(evidence)
            .text(0x0040_A491, "CS", "COMPLETE")
            .text(0x0040_A493, "CS", "UNVERIFIED")
            .raw(Told.sequence(0x0040_A730, items))
            .bytes();
    return Part10.file(sopClass, sop, "1.2.840.10008.1.2.1", dataset);
  }
}

package org.studygate.dicom.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The elements that the mender found, written anew: sorted, every sequence closed by delimiters,
/// in one encoding, with the syntax that the image really has. Values are not copied.
final class Remade {
  private static final String REPORTS = "1.2.840.10008.5.1.4.1.1.88.";
  private static final String DOCUMENTS = "1.2.840.10008.5.1.4.1.1.104.";

  /// A fiftieth of a frame may be missing, as with run lengths.
  private static final int FEW = 50;

  private static final int MOST_ZEROS = 1 << 20;

  private final List<Found> root;
  private final Opening opening;
  private final boolean mixed;
  private final Bytes source;
  private final Peek window;
  private final Set<Mended> notes;
  private final Spliced.Builder out = new Spliced.Builder();

  /// How elements are written.
  private record Encoding(boolean explicit, boolean bigEndian) {}

  /// @param mixed some elements had representations where others had none: all are written with one
  Remade(List<Found> root, Opening opening, boolean mixed, Set<Mended> notes) {
    this.root = root;
    this.opening = opening;
    this.mixed = mixed;
    this.source = opening.readings().source();
    this.window = opening.readings().window();
    this.notes = notes;
  }

  /// @param owned the source is closed with what was written
  Spliced write(boolean owned) throws IOException, Refusal {
    var sopClass = uid(Tags.SOP_CLASS, opening.sopClass());
    var sopInstance = uid(Tags.SOP_INSTANCE, opening.sopInstance());
    uid(Tags.STUDY, "");
    uid(Tags.SERIES, "");
    var syntax = syntax();
    whole(sopClass);
    out.head(sopClass, sopInstance, syntax);
    elements(root, new Encoding(syntax.explicit(), syntax.bigEndian()));
    return out.build(source, owned);
  }

  // What a file must have

  private Optional<Found> find(int tag) {
    return root.stream().filter(element -> element.tag == tag).findFirst();
  }

  /// The UID without the blanks around it; `otherwise` where the data set has none. Of a text that
  /// is no UID another one is made.
  private String uid(int tag, String otherwise) throws IOException {
    var element = find(tag);
    var raw = element.isPresent() ? text(element.get(), 128) : "";
    var uid = raw.strip();
    var made = uid.isEmpty() || Uids.valid(uid) ? Optional.<String>empty() : Uids.made(uid);
    if (made.isPresent() && element.isPresent()) {
      notes.add(Mended.MADE);
      element.get().instead = Spliced.Builder.even(made.get());
      return made.get();
    }
    if (uid.isEmpty() && Uids.valid(otherwise)) {
      notes.add(Mended.UIDS);
      element.ifPresent(root::remove);
      var added = new Found(tag, Vr.UI, 0, 0);
      added.instead = Spliced.Builder.even(otherwise);
      var place = 0;
      while (place < root.size() && Integer.compareUnsigned(root.get(place).tag, tag) < 0) {
        place++;
      }
      root.add(place, added);
      return otherwise;
    }
    if (element.isPresent() && !raw.replaceFirst(" +$", "").equals(uid)) {
      notes.add(Mended.UIDS);
      element.get().instead = Spliced.Builder.even(uid);
    }
    return uid;
  }

  private String text(Found element, int most) throws IOException {
    if (element.items != null || element.fragments != null || element.length > most) {
      return "?";
    }
    var bytes = source.copy(element.from, (int) element.length);
    return new String(bytes, StandardCharsets.ISO_8859_1).replace('\0', ' ');
  }

  // The image

  private TransferSyntax syntax() throws IOException, Refusal {
    var declared = opening.syntax();
    var compressed = declared.filter(TransferSyntax::encapsulated);
    var pixels = find(Tags.PIXELS);
    if (pixels.isPresent()) {
      var image = pixels.get();
      var frames = frames();
      if (image.fragments == null && compressed.isPresent() && image.length > 0) {
        if (Streams.at(window, image.from, image.length).isPresent() && frames == 1) {
          wrap(image);
        } else {
          notes.add(Mended.SYNTAX);
          compressed = Optional.empty();
        }
      } else if (image.fragments != null && compressed.isEmpty()) {
        notes.add(declared.isPresent() ? Mended.SYNTAX : Mended.HEAD);
        compressed = Optional.of(sniffed(image));
      }
    }
    if (compressed.isPresent()) {
      if (opening.bigEndian()) {
        throw new Refusal(Reason.PIXEL_ENCODING, 0);
      }
      if (pixels.isPresent() && notes.contains(Mended.CUT)) {
        begun(pixels.get());
      }
      return compressed.get();
    }
    var plain =
        opening.bigEndian()
            ? TransferSyntax.EXPLICIT_BIG
            : opening.explicit() || mixed
                ? TransferSyntax.EXPLICIT_LITTLE
                : TransferSyntax.IMPLICIT_LITTLE;
    uncompressed(pixels);
    return plain;
  }

  /// A stream that lies there as it is gets what belongs around it.
  private void wrap(Found image) {
    notes.add(Mended.DELIMITERS);
    var fragments = new Offsets.Builder();
    fragments.add(image.from);
    fragments.add(0);
    fragments.add(image.from);
    fragments.add(image.length);
    image.fragments = fragments.build();
  }

  private TransferSyntax sniffed(Found image) throws IOException, Refusal {
    var fragments = image.fragments;
    for (var i = 2; fragments != null && i < fragments.size(); i += 2) {
      var syntax = Streams.at(window, fragments.get(i), fragments.get(i + 1));
      if (syntax.isPresent()) {
        return syntax.get();
      }
      if (fragments.get(i + 1) > 0) {
        break;
      }
    }
    throw new Refusal(Reason.PIXEL_ENCODING, image.from);
  }

  /// How many frames the file says it has, or as many as there may be where it is beyond counting.
  /// What is no number is as good as what stands before the first strange character.
  private int frames() throws IOException {
    var element = find(Tags.FRAMES);
    if (element.isEmpty() || element.get().empty()) {
      return 1;
    }
    var numeral = numeral(element.get());
    if (numeral.binary()) {
      var counted = Math.clamp(numeral.number(window), 1, Integer.MAX_VALUE);
      frames(element.get(), counted);
      return counted;
    }
    var text = text(element.get(), 64).strip();
    var digits = text.replaceFirst("[^0-9].*", "");
    var absurd = digits.length() > 9;
    var number = absurd ? most() : digits.isEmpty() ? 1 : Math.max(1, Integer.parseInt(digits));
    if (!text.isEmpty() && (absurd || !digits.equals(text))) {
      frames(element.get(), number);
    }
    return number;
  }

  private int most() {
    var fragments = find(Tags.PIXELS).map(pixels -> pixels.fragments).orElse(null);
    return fragments == null ? 999_999_999 : Math.max(1, fragments.size() / 2 - 1);
  }

  private Numeral numeral(Found element) {
    return new Numeral(element.tag, element.vr, element.from, element.length, opening.bigEndian());
  }

  private void frames(Found element, long number) {
    notes.add(Mended.FRAMES);
    var text = Long.toString(number);
    element.vr = Vr.IS;
    element.instead =
        (text.length() % 2 == 0 ? text : text + " ").getBytes(StandardCharsets.US_ASCII);
  }

  /// Of compressed frames as many are kept as have begun; those that came late are not in the file.
  private void begun(Found image) throws IOException {
    var fragments = image.fragments;
    var begun = 0;
    for (var i = 2; fragments != null && i < fragments.size(); i += 2) {
      begun += Streams.at(window, fragments.get(i), fragments.get(i + 1)).isPresent() ? 1 : 0;
    }
    var number = find(Tags.FRAMES);
    if (begun > 0 && begun < frames() && number.isPresent()) {
      frames(number.get(), begun);
    }
  }

  /// Uncompressed frames that are there whole are kept; one that is not is no picture, unless its
  /// writer left out a few bytes at its end. Of a file that was cut off the rest may yet come.
  private void uncompressed(Optional<Found> pixels) throws IOException, Refusal {
    if (pixels.isEmpty() || pixels.get().length == 0) {
      return;
    }
    var image = pixels.get();
    var frames = frames();
    var one = new PixelDemand();
    for (var element : root) {
      if (element.tag != Tags.FRAMES && element.items == null && element.instead == null) {
        one.see(numeral(element), window);
      }
    }
    var frame = one.bytes(Tags.PIXELS, image.from);
    one.frames(frames);
    var all = one.bytes(Tags.PIXELS, image.from);
    if (frame == 0 || all <= image.length) {
      return;
    }
    if (root.getLast() == image && all <= source.length() - image.from) {
      notes.add(Mended.LENGTHS); // they are there, and counted too short
      image.length = all;
      return;
    }
    var cut = notes.contains(Mended.CUT);
    if (!cut && all - image.length <= Math.min(frame / FEW, MOST_ZEROS)) {
      notes.add(Mended.SHORT);
      image.zeros = (int) (all - image.length);
      return;
    }
    var whole = image.length / frame;
    var number = find(Tags.FRAMES);
    if (whole == 0 || number.isEmpty()) {
      throw new Refusal(Reason.PIXEL_SIZE, image.from);
    }
    frames(number.get(), whole);
    image.length = whole * frame;
  }

  /// A file that ends early is used if what a reader looks at is whole: its image, or, of one
  /// without image, all but a part of its data. Half a report says something else than the report.
  private void whole(String sopClass) throws Refusal {
    if (!notes.contains(Mended.CUT)) {
      return;
    }
    var pixels = find(Tags.PIXELS);
    var image = find(Tags.ROWS).isPresent();
    var shown =
        pixels.isPresent()
            && (pixels.get().fragments == null
                ? pixels.get().length > 0
                : pixels.get().fragments.size() > 2);
    var far = !root.isEmpty() && root.getLast().tag >>> 16 > 0x0028;
    var text = sopClass.startsWith(REPORTS) || sopClass.startsWith(DOCUMENTS);
    if (image ? !shown : text || !far) {
      throw new Refusal(Reason.TRUNCATED, 0);
    }
  }

  // Writing

  /// Calls itself as deep as sequences may be nested, which the mender has counted.
  private void elements(List<Found> elements, Encoding encoding) {
    for (var element : elements) {
      if (element.items != null) {
        sequence(element, element.items, encoding);
      } else if (element.fragments != null) {
        fragments(element, element.fragments, encoding);
      } else {
        value(element, encoding);
      }
    }
  }

  private void value(Found element, Encoding encoding) {
    if (element.instead != null) {
      header(element.tag, element.vr, element.instead.length, encoding);
      out.own(element.instead);
      return;
    }
    var length = element.length + element.zeros;
    header(element.tag, element.vr, length + length % 2, encoding);
    out.source(element.from, element.length);
    out.own(new byte[element.zeros]);
    if (length % 2 != 0) {
      out.own((byte) (Vr.text(element.vr) ? ' ' : 0));
    }
  }

  private void sequence(Found element, List<Found.Item> items, Encoding encoding) {
    var vr = element.unknown ? Vr.UN : Vr.SQ;
    if (items.isEmpty()) {
      header(element.tag, vr, 0, encoding);
      return;
    }
    header(element.tag, vr, Readings.UNDEFINED, encoding);
    var inner = element.unknown ? new Encoding(false, false) : encoding;
    for (var item : items) {
      out.mark(Tags.ITEM, Readings.UNDEFINED, inner.bigEndian);
      elements(item.elements(), inner);
      out.mark(Tags.ITEM_END, 0, inner.bigEndian);
    }
    out.mark(Tags.SEQUENCE_END, 0, inner.bigEndian);
  }

  private void fragments(Found element, Offsets fragments, Encoding encoding) {
    header(element.tag, Vr.OB, Readings.UNDEFINED, encoding);
    for (var i = 0; i < fragments.size(); i += 2) {
      var length = fragments.get(i + 1);
      out.mark(Tags.ITEM, length + length % 2, encoding.bigEndian);
      out.source(fragments.get(i), length);
      if (length % 2 != 0) {
        out.own((byte) 0);
      }
    }
    if (fragments.size() == 0) {
      out.mark(Tags.ITEM, 0, encoding.bigEndian);
    }
    out.mark(Tags.SEQUENCE_END, 0, encoding.bigEndian);
  }

  private void header(int tag, int vr, long length, Encoding encoding) {
    out.header(tag, vr, length, encoding.explicit, encoding.bigEndian);
  }
}

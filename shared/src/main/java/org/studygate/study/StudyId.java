package org.studygate.study;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.studygate.platform.Sha256;

/// Our own name of a study: made of the department and the study UID, so the same UID in two
/// departments is two studies, and nobody can tell the UID from it.
public record StudyId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-hjkmnp-tv-z]{26}");
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

  public StudyId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a study id");
    }
  }

  public static StudyId of(String department, String studyUid) {
    return new StudyId(name(department + "/" + studyUid));
  }

  /// Of an address; empty where no study could be called so.
  public static Optional<StudyId> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new StudyId(text)) : Optional.empty();
  }

  /// Each once; empty where one of them could be no study.
  public static Optional<Set<StudyId>> parse(Collection<String> texts) {
    var all = texts.stream().map(StudyId::parse).collect(Collectors.toUnmodifiableSet());
    return all.contains(Optional.<StudyId>empty())
        ? Optional.empty()
        : Optional.of(
            all.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet()));
  }

  /// Stands for an order of which no study is known, so that its report can be shown.
  public static StudyId of(OrderId order) {
    return new StudyId(name("order/" + order));
  }

  /// The first 130 bits of SHA-256 in lower-case Crockford base-32.
  public static String name(String text) {
    var hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    var name = new StringBuilder(26);
    var bits = 0;
    var buffer = 0;
    for (var i = 0; name.length() < 26; i++) {
      buffer = ((buffer << 8) | (hash[i] & 0xFF)) & 0xFFFF;
      bits += 8;
      while (bits >= 5 && name.length() < 26) {
        bits -= 5;
        name.append(DIGITS.charAt((buffer >> bits) & 31));
      }
    }
    return name.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}

package org.studygate.credential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// What may be a password (NIST SP 800-63B, 3.1.1.2): long, and not one that many have. Nothing is
/// asked of its letters, and it does not run out.
///
/// The list is Royce Williams's of the commonest twenty thousand, as Django carries it (BSD), of
/// those that are long enough for us.
public final class PasswordRule {
  /// Of a password that stands alone.
  public static final int ALONE = 15;

  /// Of one with a second factor beside it.
  public static final int WITH_FACTOR = 8;

  /// What the user pool takes.
  public static final int MOST = 256;

  private static final String COMMON = "common-passwords.txt.gz";
  private static final int TELLING = 4;

  private @Nullable Set<String> common;

  /// What is wrong with one that somebody chooses.
  public enum Verdict {
    FINE,
    TOO_SHORT,
    TOO_LONG,
    TOO_COMMON
  }

  /// Letters that look alike are alike, whatever keyboard they come from.
  public static String plain(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  /// @param username whose password it would be: it holds no part of that
  /// @param factor whether a second factor is shown beside it
  public Verdict judge(String typed, String username, boolean factor) {
    var password = plain(typed);
    var length = password.codePointCount(0, password.length());
    if (length < (factor ? WITH_FACTOR : ALONE)) {
      return Verdict.TOO_SHORT;
    }
    if (password.length() > MOST) {
      return Verdict.TOO_LONG;
    }
    var small = password.toLowerCase(Locale.ROOT);
    return holds(small, username) || common().contains(small) ? Verdict.TOO_COMMON : Verdict.FINE;
  }

  /// The whole name, or what stands before its @ and is long enough to tell.
  private static boolean holds(String password, String username) {
    var name = username.strip().toLowerCase(Locale.ROOT);
    var own = name.substring(0, Math.max(0, name.indexOf('@')));
    return (!name.isEmpty() && password.contains(name))
        || (own.length() >= TELLING && password.contains(own));
  }

  private Set<String> common() {
    var read = common;
    if (read == null) {
      read = read();
      common = read;
    }
    return read;
  }

  private static Set<String> read() {
    try (var packed = Objects.requireNonNull(PasswordRule.class.getResourceAsStream(COMMON));
        var lines =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
      return lines.lines().collect(Collectors.toUnmodifiableSet());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

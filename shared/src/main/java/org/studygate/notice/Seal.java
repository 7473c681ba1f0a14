package org.studygate.notice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.studygate.platform.Pepper;

/// Encrypts what is kept only to be sent (AES-256-GCM under a key derived from the pepper, one a
/// purpose). The id of what it is kept under is bound in, so that one text cannot be put under
/// another.
public final class Seal {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final String purpose;
  private final Pepper pepper;
  private final SecureRandom random;

  /// Of what waits in the outbox.
  public Seal(Pepper pepper, SecureRandom random) {
    this("outbox", pepper, random);
  }

  private Seal(String purpose, Pepper pepper, SecureRandom random) {
    this.purpose = purpose;
    this.pepper = pepper;
    this.random = random;
  }

  public static Seal of(String purpose, Pepper pepper, SecureRandom random) {
    return new Seal(purpose, pepper, random);
  }

  public String close(String id, String text) {
    var nonce = new byte[NONCE];
    random.nextBytes(nonce);
    var sealed = run(Cipher.ENCRYPT_MODE, id, nonce, text.getBytes(StandardCharsets.UTF_8));
    var all = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE, sealed.length);
    return Base64.getEncoder().encodeToString(all);
  }

  public String open(String id, String sealed) {
    var all = Base64.getDecoder().decode(sealed);
    var nonce = Arrays.copyOf(all, NONCE);
    var text = run(Cipher.DECRYPT_MODE, id, nonce, Arrays.copyOfRange(all, NONCE, all.length));
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, String id, byte[] nonce, byte[] input) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      var key = new SecretKeySpec(pepper.derive(purpose), "AES");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(id.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the seal of a message does not hold", broken);
    }
  }
}

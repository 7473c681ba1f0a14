package org.studygate.credential;

import java.net.URI;
import java.util.Optional;
import org.studygate.http.HttpRequest;
import org.studygate.platform.Tokens.Token;

/// What a remembered browser shows: as out of reach as the session's cookie, and longer-lived.
public final class BrowserCookie {
  private static final int MAX_LENGTH = 128;

  private final String name;
  private final String attributes;

  public BrowserCookie(URI publicOrigin) {
    var secure = "https".equals(publicOrigin.getScheme());
    this.name = secure ? "__Host-browser" : "browser";
    this.attributes =
        "; Max-Age="
            + Browser.LIFE.toSeconds()
            + "; Path=/; HttpOnly; SameSite=Strict"
            + (secure ? "; Secure" : "");
  }

  public Optional<Token> read(HttpRequest request) {
    return request
        .cookie(name)
        .filter(value -> !value.isEmpty() && value.length() <= MAX_LENGTH)
        .map(Token::new);
  }

  public String set(Token token) {
    return name + '=' + token.secret() + attributes;
  }
}

package org.studygate.session;

import java.net.URI;
import java.util.Optional;
import org.studygate.http.HttpRequest;
import org.studygate.platform.Tokens.Token;

/// The one cookie: opaque, for this host alone, out of reach of scripts and of other sites. Over
/// plain HTTP (the local stack) browsers refuse the `__Host-` prefix, so it goes without.
public final class SessionCookie {
  private static final int MAX_LENGTH = 128;

  private final String name;
  private final String attributes;

  public SessionCookie(URI publicOrigin) {
    var secure = "https".equals(publicOrigin.getScheme());
    this.name = secure ? "__Host-session" : "session";
    this.attributes = "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
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

  public String clear() {
    return name + "=; Max-Age=0" + attributes;
  }
}

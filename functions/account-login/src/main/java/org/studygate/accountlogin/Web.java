package org.studygate.accountlogin;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.studygate.platform.Log;

/// The two addresses of the user pool that are asked without the AWS SDK. No other is ever called,
/// no redirection is followed, nothing long is read.
final class Web {
  private static final int PATIENCE = 3_000;
  private static final int MOST = 64 * 1024;

  private final Log log;

  Web(Log log) {
    this.log = log;
  }

  /// Empty where it is not answered with 200 in time.
  Optional<byte[]> get(URI address) {
    return ask(address, Optional.empty());
  }

  Optional<byte[]> post(URI address, String form) {
    return ask(address, Optional.of(form));
  }

  private Optional<byte[]> ask(URI address, Optional<String> form) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE);
      connection.setReadTimeout(PATIENCE);
      connection.setUseCaches(false);
      if (form.isPresent()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", "application/x-www-form-urlencoded");
        try (var out = connection.getOutputStream()) {
          out.write(form.get().getBytes(StandardCharsets.US_ASCII));
        }
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        return Optional.empty();
      }
      try (var in = connection.getInputStream()) {
        var body = in.readNBytes(MOST + 1);
        return body.length > MOST ? Optional.empty() : Optional.of(body);
      }
    } catch (IOException unreachable) {
      log.error("provider-not-reached", unreachable);
      return Optional.empty();
    }
  }
}

package org.studygate.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How the stack was asked for.
///
/// @param root folder of the project
/// @param data where state is kept
/// @param port of pages and API; S3 has the next one, the stand-in for Stripe the one after, the
///     second environment the one after that
/// @param stripeKey of Stripe's own test mode, which then takes the stand-in's place
record Settings(
    Path root, Path data, int port, boolean demo, boolean reset, Optional<String> stripeKey) {
  static Settings parse(String[] arguments, Map<String, String> environment) throws Trouble {
    var root = Path.of("").toAbsolutePath();
    var data = root.resolve("local/data");
    var port = 8080;
    var demo = true;
    var reset = false;
    for (var i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--empty" -> demo = false;
        case "--reset" -> reset = true;
        case "--data" -> data = Path.of(value(arguments, ++i)).toAbsolutePath();
        case "--port" -> port = port(value(arguments, ++i));
        default ->
            throw new Trouble(
                "unknown option "
                    + arguments[i]
                    + " (known: --empty, --reset, --data DIR, --port N)");
      }
    }
    return new Settings(root, data, port, demo, reset, stripeKey(environment));
  }

  private static Optional<String> stripeKey(Map<String, String> environment) throws Trouble {
    var key = Optional.ofNullable(environment.get("STRIPE_SECRET_KEY")).filter(k -> !k.isBlank());
    if (key.isPresent() && !key.get().matches("[sr]k_test_[A-Za-z0-9_]+")) {
      throw new Trouble("STRIPE_SECRET_KEY must be a key of Stripe's test mode, sk_test_…");
    }
    return key;
  }

  private static String value(String[] arguments, int at) throws Trouble {
    if (at >= arguments.length) {
      throw new Trouble(arguments[at - 1] + " needs a value");
    }
    return arguments[at];
  }

  private static int port(String text) throws Trouble {
    try {
      var port = Integer.parseInt(text);
      if (port >= 1 && port < 65_533) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw new Trouble("--port needs a number from 1 to 65532");
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI s3() {
    return URI.create("http://127.0.0.1:" + (port + 1));
  }

  URI stripe() {
    return URI.create("http://127.0.0.1:" + (port + 2));
  }

  /// The second environment, under a name of its own: browsers keep cookies by name, not by port.
  URI abroad() {
    return URI.create("http://localhost:" + (port + 3));
  }

  /// Something the person at the keyboard can put right; shown as one line.
  static final class Trouble extends Exception {
    Trouble(String line) {
      super(line);
    }

    String line() {
      return String.valueOf(getMessage());
    }
  }
}

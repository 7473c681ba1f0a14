package org.studygate.local;

import java.net.URI;
import java.nio.file.Path;

/// How the stack was asked for.
///
/// @param root folder of the project
/// @param data where state is kept
/// @param port of pages and API; S3 has the next one
record Settings(Path root, Path data, int port, boolean demo, boolean reset) {
  static Settings parse(String[] arguments) throws Trouble {
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
    return new Settings(root, data, port, demo, reset);
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
      if (port >= 1 && port < 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw new Trouble("--port needs a number from 1 to 65534");
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI s3() {
    return URI.create("http://127.0.0.1:" + (port + 1));
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

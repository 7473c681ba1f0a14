package org.studygate.platform;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.studygate.dynamo.TestTables;
import software.amazon.awssdk.regions.Region;

/// A platform for handlers under test: their tables on DynamoDB Local, a clock of the test's,
/// https.
public final class TestPlatform {
  private TestPlatform() {}

  public static Platform of(Clock clock, TestTables tables, Map<String, String> variables) {
    return of(clock, tables.endpoint(), tables.region(), variables);
  }

  public static Platform of(Clock clock, URI dynamo, Region region, Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("AWS_REGION", region.id());
    all.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
    all.put("PUBLIC_ORIGIN", "https://studygate.example.org");
    all.put("PEPPER_SECRET_ARN", "pepper");
    all.put("ORIGIN_SECRET_ARN", "origin");
    var environment = new Environment(all);
    return new Platform(
        environment,
        clock,
        new SecureRandom(),
        Aws.of(environment),
        new TestSecrets(),
        new Log(new PrintStream(OutputStream.nullOutputStream()), clock));
  }
}

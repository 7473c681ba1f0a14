package org.studygate.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.studygate.platform.Aws.Patience;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class AwsTest {
  private static Aws aws(int port) {
    return Aws.of(
        new Environment(
            Map.of(
                "AWS_REGION",
                "eu-central-1",
                "AWS_ENDPOINT_URL_DYNAMODB",
                "http://127.0.0.1:" + port)));
  }

  private static void read(DynamoDbClient client) {
    client.getItem(get -> get.tableName("T").key(Map.of("k", org.studygate.dynamo.Item.s("v"))));
  }

  @Test
  void aServiceThatFailsIsTriedThreeTimes() throws IOException {
    var calls = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    server.start();
    try (var client = aws(server.getAddress().getPort()).dynamo()) {
      assertThatThrownBy(() -> read(client)).isInstanceOf(DynamoDbException.class);
      assertThat(calls).hasValue(3);
    } finally {
      server.stop(0);
    }
  }

  /// It takes the call and never says a word.
  @Test
  void aServiceThatIsSilentIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var patience =
          new Patience(Duration.ofMillis(600), Duration.ofMillis(200), Duration.ofSeconds(20));
      try (var client =
          aws(silent.getLocalPort()).configure(DynamoDbClient.builder(), "DYNAMODB", patience)) {
        assertThatThrownBy(() -> read(client)).isInstanceOf(ApiCallTimeoutException.class);
      }
    }
  }

  @Test
  void everyClientHasItsLimits() {
    try (var client = aws(1).dynamo()) {
      var limits = client.serviceClientConfiguration().overrideConfiguration();
      assertThat(limits.apiCallTimeout()).contains(Patience.SHORT.call());
      assertThat(limits.apiCallAttemptTimeout()).contains(Patience.SHORT.attempt());
      assertThat(limits.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(3);
    }
    for (var patience : new Patience[] {Patience.SHORT, Patience.LONG}) {
      assertThat(patience.attempt()).isLessThan(patience.call());
      assertThat(patience.silence()).isLessThanOrEqualTo(patience.attempt());
    }
  }
}

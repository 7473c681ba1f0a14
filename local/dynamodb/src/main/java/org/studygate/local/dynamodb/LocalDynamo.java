package org.studygate.local.dynamodb;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/// DynamoDB Local on the loopback address. Its own `main` binds every interface, hence this one.
/// Telemetry is switched off by `DDB_LOCAL_TELEMETRY=0` in the environment of whoever starts it.
public final class LocalDynamo implements AutoCloseable {
  private final Server server;
  private final URI endpoint;

  private LocalDynamo(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /// `port` 0 picks a free one. Without a folder everything is kept in memory, and each region has
  /// tables of its own, so that many tests share one server.
  public static LocalDynamo start(int port, @Nullable String folder) throws Exception {
    var inMemory = folder == null;
    var requests = new LocalDynamoDBRequestHandler(0, inMemory, folder, !inMemory, false);
    var handler = new LocalDynamoDBServerHandler(requests, null);
    var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(new DynamoDBProxyServer(0, handler).setUpHandler(handler));
    server.start();
    var bound = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return new LocalDynamo(server, URI.create("http://127.0.0.1:" + bound));
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  public static void main(String[] args) throws Exception {
    var dynamo = start(Integer.parseInt(args[0]), args.length > 1 ? args[1] : null);
    System.out.println("dynamodb " + dynamo.endpoint());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopQuietly(dynamo)));
    System.in.transferTo(java.io.OutputStream.nullOutputStream()); // until the parent ends
    System.exit(0);
  }

  private static void stopQuietly(LocalDynamo dynamo) {
    try {
      dynamo.close();
    } catch (Exception ignored) {
      // the process ends anyway
    }
  }
}

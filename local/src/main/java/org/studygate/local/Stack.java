package org.studygate.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.department.DynamoDepartments;
import org.studygate.local.Settings.Trouble;
import org.studygate.local.stripe.StripeStandIn;
import org.studygate.local.template.Template;
import org.studygate.platform.Aws;
import org.studygate.platform.Environment;
import org.studygate.platform.Log;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/// Everything that runs, started in order and stopped in the reverse one.
public final class Stack implements AutoCloseable {
  private static final String INBOX = "InboxBucket";
  static final String RECEIPTS = "ReceiptsBucket";

  private final Settings settings;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Template template;
  private final LocalClock clock;
  private final Credentials credentials;
  private final Functions functions;
  private final Queues queues;
  private final Tables tables;
  private final DynamoDbClient dynamo;
  private final S3Server s3Server;
  private final StripeAccess stripeAccess;
  private final Optional<StripeStandIn> stripe;
  private final Mailbox mailbox;
  private final Schedules schedules;
  private final OutboxStream stream;
  private final Demo demo;
  private final DemoProvider provider;
  private final PoolUsers users;
  private final Cast cast;
  private final Abroad abroad;
  private volatile Optional<String> country = Optional.empty();
  private volatile boolean ready;

  Stack(Settings settings, String dynamoClassPath, Path python) throws Exception {
    this.settings = settings;
    try {
      Files.createDirectories(settings.data());
    } catch (IOException notAFolder) {
      throw new Trouble("the data folder " + settings.data() + " cannot be made or written");
    }
    lock();
    if (settings.reset()) {
      wipe();
    }
    claimPorts();
    var dynamoPort = Children.freePort();
    var motoPort = Children.freePort();
    var children = startChildren(dynamoClassPath, python, dynamoPort, motoPort);
    this.template = Template.read(settings.root().resolve("template.yaml"));
    this.clock = new LocalClock(Clock.systemUTC(), settings.data().resolve("clock"));
    this.credentials = Credentials.load(settings.data().resolve("credentials.json"));
    this.stripeAccess = StripeAccess.of(settings, credentials);
    System.setProperty("aws.accessKeyId", Credentials.OWN);
    System.setProperty("aws.secretAccessKey", credentials.secret(Credentials.OWN));
    var log = new Log(new java.io.PrintStream(logFile(), true), clock);

    var moto = URI.create("http://127.0.0.1:" + motoPort);
    var sqs = URI.create("http://127.0.0.1:" + Children.freePort());
    var names = new Names(template, settings, sqs);
    var endpoints = endpoints(dynamoPort, sqs, moto);
    stripeAccess.base().ifPresent(base -> endpoints.put("STRIPE_API_BASE", base.toString()));
    this.provider =
        new DemoProvider(settings.origin(), Cast.ofHospital(), clock, new SecureRandom());
    open.push(provider);
    endpoints.put("SIGN_IN_ORIGIN", provider.base().toString());
    endpoints.put("POOL_ISSUER", provider.base().toString());
    var aws = Aws.of(environment(endpoints));
    this.dynamo = aws.dynamo();
    this.tables = new Tables(template, dynamo);
    var bell = new Bell();
    this.functions = new Functions(template, names, endpoints, clock, log, bell);
    var kept = settings.data().resolve("queues");
    this.queues = new Queues(template, names, kept, Clock.systemUTC(), functions, log, bell);
    open.push(new SqsServer(sqs.getPort(), queues));
    this.s3Server = startS3();
    createBuckets();
    children.await("dynamodb", dynamoPort); // both have begun beside all this
    tables.create();
    children.await("moto", motoPort);
    credentials.secrets(aws.secretsManager(), stripeAccess);
    aws.configure(SesV2Client.builder(), "SESV2")
        .createEmailIdentity(create -> create.emailIdentity("no-reply@studygate.local"));
    this.mailbox = new Mailbox(sent());
    this.stream =
        new OutboxStream(
            template,
            dynamo,
            aws.configure(DynamoDbStreamsClient.builder(), "DYNAMODB"),
            functions,
            log,
            bell);
    this.schedules = new Schedules(template, functions, log);
    var departments = new DynamoDepartments(dynamo, "DepartmentsTable");
    this.demo = new Demo(settings, clock, departments, credentials, Names.bucket(INBOX));
    this.users =
        new PoolUsers(
            aws.configure(CognitoIdentityProviderClient.builder(), "COGNITO_IDENTITY_PROVIDER"));
    this.cast =
        new Cast(
            settings.root(),
            new DynamoAccounts(dynamo, "AccountsTable"),
            new DynamoGroups(dynamo, new DynamoGroups.Tables("GroupsTable", "AccountsTable")),
            users,
            clock);
    queues.startSources();
    open.push(queues);
    stream.start();
    open.push(stream);
    schedules.start();
    open.push(schedules);
    this.stripe =
        stripeAccess.base().isPresent() ? Optional.of(startStripe(log)) : Optional.empty();
    startGateway(names);
    var there = Names.abroad(template, settings, sqs);
    this.abroad = startAbroad(there, new Functions(template, there, endpoints, clock, log, bell));
  }

  /// Without demo and on ports of its own, for whoever wants to try a function against it.
  public static Stack empty(Path root, Path data, String dynamoClassPath, Path python)
      throws Exception {
    var settings = new Settings(root, data, Children.freePorts(), false, false, Optional.empty());
    var stack = new Stack(settings, dynamoClassPath, python);
    stack.begin();
    return stack;
  }

  /// Every variable that a function needs to run in a process of its own: those of the template,
  /// where the services are, and the functions' key.
  public Map<String, String> environment(String function) {
    var all = new HashMap<>(functions.environment(function));
    all.put("AWS_ACCESS_KEY_ID", Credentials.OWN);
    all.put("AWS_SECRET_ACCESS_KEY", credentials.secret(Credentials.OWN));
    return all;
  }

  /// Where pages and API are.
  public URI origin() {
    return settings.origin();
  }

  /// What CloudFront would add to a request.
  public String originSecret() {
    return credentials.secret(Credentials.ORIGIN);
  }

  private void lock() throws Trouble, IOException {
    try {
      var channel =
          FileChannel.open(
              settings.data().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      open.push(channel);
      if (channel.tryLock() == null) {
        throw new OverlappingFileLockException();
      }
    } catch (OverlappingFileLockException taken) {
      throw new Trouble("another ./run uses " + settings.data() + ": stop it, or give --data DIR");
    }
  }

  private void claimPorts() throws Trouble {
    var ports =
        new ArrayList<>(List.of(settings.port(), settings.port() + 1, settings.abroad().getPort()));
    if (settings.stripeKey().isEmpty()) {
      ports.add(settings.stripe().getPort());
    }
    for (var port : ports) {
      try (var socket = new java.net.ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        socket.setReuseAddress(true);
      } catch (IOException taken) {
        throw new Trouble("port " + port + " is in use: stop what uses it, or give --port N");
      }
    }
  }

  private Path sent() {
    return settings.data().resolve("inbox");
  }

  private java.io.OutputStream logFile() throws IOException {
    return Files.newOutputStream(
        settings.data().resolve("studygate.log"),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private Children startChildren(String dynamoClassPath, Path python, int dynamoPort, int motoPort)
      throws Exception {
    var folder = settings.data().resolve("dynamodb");
    Files.createDirectories(folder);
    var children = new Children(settings.data());
    open.push(children);
    children.start(
        "moto",
        List.of(
            python.toString(),
            settings.root().resolve("local/moto/serve.py").toString(),
            Integer.toString(motoPort),
            sent().toString(),
            settings.data().resolve("clock").toString(),
            settings.data().resolve("users").toString()));
    children.start(
        "dynamodb",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            dynamoClassPath,
            "org.studygate.local.dynamodb.LocalDynamo",
            Integer.toString(dynamoPort),
            folder.toString()));
    return children;
  }

  private Map<String, String> endpoints(int dynamoPort, URI sqs, URI moto) {
    var endpoints = new HashMap<String, String>();
    endpoints.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:" + dynamoPort);
    endpoints.put("AWS_ENDPOINT_URL_S3", settings.s3().toString());
    endpoints.put("AWS_ENDPOINT_URL_SQS", sqs.toString());
    for (var service : List.of("SNS", "SESV2", "SECRETS_MANAGER", "COGNITO_IDENTITY_PROVIDER")) {
      endpoints.put("AWS_ENDPOINT_URL_" + service, moto.toString());
    }
    return endpoints;
  }

  private static Environment environment(Map<String, String> endpoints) {
    var all = new HashMap<>(endpoints);
    all.put("AWS_REGION", Names.REGION);
    return new Environment(all);
  }

  private S3Server startS3() throws Exception {
    var folder = settings.data().resolve("s3");
    Files.createDirectories(folder);
    var server =
        new S3Server(
            settings.s3(),
            settings.origin(),
            folder,
            credentials.identities(),
            Names.bucket(INBOX),
            Names.bucket(RECEIPTS),
            event -> queues.send("InboxQueue", event, Duration.ZERO),
            clock);
    open.push(server);
    return server;
  }

  private void createBuckets() {
    for (var bucket : template.ofType("AWS::S3::Bucket")) {
      var name = Names.bucket(bucket.name());
      if (!s3Server.store().containerExists(name)) {
        s3Server.store().createContainer(name);
      }
    }
  }

  private void startGateway(Names names) throws IOException {
    var gateway = gateway(functions);
    var pages = new Pages(settings.root().resolve("web/dist"), template, names, settings);
    var local = new LocalRoutes(this);
    var server = server(settings.port());
    server.createContext("/api/", gateway::serve);
    server.createContext("/local", local::serve);
    server.createContext("/", pages::serve);
    server.start();
  }

  private Abroad startAbroad(Names names, Functions functions) throws IOException {
    var pages = new Pages(settings.root().resolve("web/dist"), template, names, settings);
    var there = new Abroad(settings, clock, dynamo, template, functions, gateway(functions), pages);
    var server = server(settings.abroad().getPort());
    server.createContext("/api/", there::api);
    server.createContext("/", there::page);
    server.start();
    return there;
  }

  private Gateway gateway(Functions functions) {
    return new Gateway(
        template, functions, clock, credentials.secret(Credentials.ORIGIN), () -> country);
  }

  private HttpServer server(int port) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    open.push(() -> server.stop(0));
    return server;
  }

  /// Where browsers are said to be; empty for nowhere in particular.
  Optional<String> country() {
    return country;
  }

  void pretend(Optional<String> country) {
    this.country = country;
  }

  private StripeStandIn startStripe(Log log) throws IOException {
    var setup =
        new StripeStandIn.Setup(
            settings.stripe().getPort(),
            settings.origin(),
            settings.origin().resolve("/api/webhooks/stripe"),
            stripeAccess.secretKey(),
            stripeAccess.webhookSecret(),
            settings.data().resolve("stripe"),
            settings.root());
    var standIn = new StripeStandIn(setup, clock, new SecureRandom(), log);
    open.push(standIn);
    standIn.startTimer(Duration.ofSeconds(1));
    return standIn;
  }

  StripeAccess stripeAccess() {
    return stripeAccess;
  }

  /// Empty where Stripe's own test mode is used.
  Optional<StripeStandIn> stripe() {
    return stripe;
  }

  Settings settings() {
    return settings;
  }

  LocalClock clock() {
    return clock;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Cast cast() {
    return cast;
  }

  Demo demo() {
    return demo;
  }

  Schedules schedules() {
    return schedules;
  }

  Map<String, Map<String, Integer>> standing() {
    var all = new java.util.LinkedHashMap<>(queues.standing());
    all.put("OutboxStream", Map.of("waiting", outbox(), "inFlight", 0, "deadLetters", 0));
    return all;
  }

  private int outbox() {
    return dynamo.scan(scan -> scan.tableName("OutboxTable").select("COUNT")).count();
  }

  /// Waits until nothing of the inbox is on its way any more.
  public void awaitQuiet() throws InterruptedException {
    for (var quiet = 0; quiet < 2; ) {
      TimeUnit.MILLISECONDS.sleep(200);
      quiet = busy() ? 0 : quiet + 1;
    }
  }

  private boolean busy() {
    try {
      return !queues.atRest() || outbox() > 0;
    } catch (RuntimeException brokenLine) {
      return true; // asked again
    }
  }

  /// Everything is up and the demo, if asked for, is there.
  boolean ready() {
    return ready;
  }

  void begin() throws Exception {
    demo.departments();
    cast.come();
    if (settings.demo() && !demoLoaded()) {
      System.out.println("Sending the demo's studies through the inbox …");
      loadDemo();
    }
    ready = true;
  }

  boolean demoLoaded() {
    return Files.exists(settings.data().resolve("demo"));
  }

  private void loadDemo() throws Exception {
    demo.load();
    awaitQuiet();
    demo.afterwards();
    awaitQuiet();
    Files.writeString(settings.data().resolve("demo"), "loaded\n");
  }

  /// All state gone.
  synchronized void reset(boolean withDemo) throws Exception {
    stream.close();
    queues.purge();
    tables.drop();
    tables.create();
    for (var bucket : template.ofType("AWS::S3::Bucket")) {
      empty(settings.data().resolve("s3").resolve(Names.bucket(bucket.name())));
    }
    queues.purge();
    mailbox.clear();
    users.clear();
    stripe.ifPresent(StripeStandIn::clear);
    clock.reset();
    functions.forget();
    abroad.forget();
    country = Optional.empty();
    Files.deleteIfExists(settings.data().resolve("demo"));
    stream.start();
    demo.departments();
    cast.come();
    if (withDemo) {
      loadDemo();
    }
  }

  private void wipe() throws IOException {
    var lock = settings.data().resolve("lock");
    for (var path : below(settings.data())) {
      if (!path.equals(lock)) {
        Files.delete(path);
      }
    }
  }

  private static void empty(Path folder) throws IOException {
    for (var path : below(folder)) {
      Files.delete(path);
    }
  }

  /// Everything in a folder, what lies in another before it.
  private static List<Path> below(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder()).toList();
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception stopping) {
        // the next one is stopped all the same
      }
    }
  }
}

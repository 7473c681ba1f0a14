package org.studygate.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.access.Bucket;
import org.studygate.access.Buckets;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.access.Unlock;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.DynamoSourceLimits;
import org.studygate.limit.LimitRule;
import org.studygate.limit.SourceLimits;
import org.studygate.limit.Tries;
import org.studygate.order.BirthDate;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.Hashes;
import org.studygate.reference.ReferenceNumber;
import org.studygate.reference.References;
import org.studygate.signin.Combination.Judgement;
import org.studygate.signin.Combination.Typed;
import org.studygate.signin.Combination.Why;
import org.studygate.study.OrderId;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinationTest {
  private static final String BORN = "1958-03-07";
  private static final String OTHER = "1958-03-08";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoReferences references;
  private DynamoBuckets buckets;
  private SourceLimits limits;
  private Combination combination;
  private int guests;

  @BeforeAll
  void start() {
    references = new DynamoReferences(tables.client(), "ReferencesTable");
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    limits = new DynamoSourceLimits(tables.client(), "LimitsTable");
    combination = new Combination(limits, references, buckets, pepper, clock);
  }

  @Test
  void theRightCombinationOpensItsBucket() {
    var bucket = registered("RIGHT00001");
    assertThat(judge("right-0000 1", BORN, "192.0.2.1")).isEqualTo(new Judgement.Right(bucket));
  }

  @Test
  void asManyWrongDatesAsMayBeBlockAndTheRightOneNoLongerHelps() {
    registered("WRONG00001");
    for (var i = 0; i < Tries.DATE.max(); i++) {
      assertThat(why("WRONG00001", OTHER)).isEqualTo(Why.WRONG_DATE);
    }
    assertThat(why("WRONG00001", BORN)).isEqualTo(Why.BLOCKED);
  }

  @Test
  void theRightDateAsLastTryClearsTheRun() {
    var bucket = registered("FOUR000001");
    for (var round = 0; round < 2; round++) {
      for (var i = 0; i < Tries.DATE.max() - 1; i++) {
        assertThat(why("FOUR000001", OTHER)).isEqualTo(Why.WRONG_DATE);
      }
      assertThat(judge("FOUR000001", BORN, "192.0.2.1")).isEqualTo(new Judgement.Right(bucket));
    }
  }

  /// Who came in before the block is out at the next request; nobody else is.
  @Test
  void theLastWrongDateEndsWhatTheNumberHasOpened() {
    var bucket = registered("ENDED00001");
    for (var i = 0; i < Tries.DATE.max() - 1; i++) {
      assertThat(why("ENDED00001", OTHER)).isEqualTo(Why.WRONG_DATE);
    }
    assertThat(epoch(bucket)).isEqualTo(0);
    assertThat(why("ENDED00001", OTHER)).isEqualTo(Why.WRONG_DATE);
    assertThat(epoch(bucket)).isEqualTo(1);
    assertThat(why("ENDED00001", OTHER)).isEqualTo(Why.BLOCKED);
    assertThat(why("ENDED00001", BORN)).isEqualTo(Why.BLOCKED);
    assertThat(epoch(bucket)).isEqualTo(1);
  }

  @Test
  void theRightDateAsLastTryEndsNothing() {
    var bucket = registered("ENDED00002");
    for (var i = 0; i < Tries.DATE.max() - 1; i++) {
      assertThat(why("ENDED00002", OTHER)).isEqualTo(Why.WRONG_DATE);
    }
    assertThat(judge("ENDED00002", BORN, "192.0.2.1")).isInstanceOf(Judgement.Right.class);
    assertThat(epoch(bucket)).isEqualTo(0);
  }

  @Test
  void ofTwoHundredParallelGuessesOneEndsWhatWasOpened() throws Exception {
    var bucket = registered("ENDED00003");
    try (var threads = Executors.newFixedThreadPool(50)) {
      var guesses =
          IntStream.range(0, 200)
              .<Callable<Judgement>>mapToObj(
                  i -> () -> judge("ENDED00003", OTHER, "10." + i + ".7.1"))
              .toList();
      for (var judged : threads.invokeAll(guesses)) {
        assertThat(judged.get()).isInstanceOf(Judgement.Refused.class);
      }
    }
    assertThat(epoch(bucket)).isEqualTo(1);
  }

  private long epoch(Bucket bucket) {
    return buckets.find(bucket.id()).orElseThrow().epoch();
  }

  @Test
  void unknownMalformedExpiredWithdrawnAreRefused() {
    var bucket = registered("GONE000001");
    assertThat(why("N0B0DY0001", BORN)).isEqualTo(Why.UNKNOWN);
    assertThat(why("not/a/number", BORN)).isEqualTo(Why.UNKNOWN);
    assertThat(why("GONE000001", "7 March")).isEqualTo(Why.WRONG_DATE);
    buckets.withdraw(bucket.id());
    assertThat(why("GONE000001", BORN)).isEqualTo(Why.WITHDRAWN);
    registered("LATE000001", clock.instant().minusSeconds(10), clock.instant());
    assertThat(why("LATE000001", BORN)).isEqualTo(Why.EXPIRED);
  }

  /// Typing what is known, or the whole date with that in it; never less, never something else.
  @ParameterizedTest
  @CsvSource({
    "1958, 1958, true",
    "1958, 1958-03, true",
    "1958, 1958-03-07, true",
    "1958, 1958-12-31, true",
    "1958, 1957, false",
    "1958, 1957-03-07, false",
    "1958-03, 1958-03, true",
    "1958-03, 1958-03-31, true",
    "1958-03, 1958, false",
    "1958-03, 1958-04-07, false",
    "1958-03-07, 1958-03-07, true",
    "1958-03-07, 1958-03, false",
    "1958-03-07, 1958, false"
  })
  void asMuchOfTheDateIsComparedAsTheHospitalKnows(String known, String typed, boolean opens) {
    var number = "PARTU%s%s".formatted(known, typed).replace("-", "");
    var from = clock.instant().minusSeconds(10);
    var born = BirthDate.parse(known).orElseThrow();
    var bucket = registered(number, from, from.plus(Duration.ofDays(30)), born);
    if (opens) {
      assertThat(judge(number, typed, "192.0.2.1")).isEqualTo(new Judgement.Right(bucket));
    } else {
      assertThat(why(number, typed)).isEqualTo(Why.WRONG_DATE);
    }
  }

  @Test
  void fiveWrongYearsBlockToo() {
    var from = clock.instant().minusSeconds(10);
    registered("YEARS00001", from, from.plus(Duration.ofDays(30)), new BirthDate(1958, 0, 0));
    for (var year = 1950; year < 1955; year++) {
      assertThat(why("YEARS00001", String.valueOf(year))).isEqualTo(Why.WRONG_DATE);
    }
    assertThat(why("YEARS00001", "1958")).isEqualTo(Why.BLOCKED);
  }

  @Test
  void beforeItsFirstDayABucketWaits() {
    var from = clock.instant().plus(Duration.ofDays(2));
    var bucket = registered("SOON000001", from, from.plus(Duration.ofDays(30)));
    assertThat(judge("SOON000001", BORN, "192.0.2.1")).isEqualTo(new Judgement.NotYet(bucket));
  }

  @Test
  void tooManyWrongOnesFromOneAddressLockNobodyOutElsewhere() {
    var bucket = registered("BUSY000001");
    for (var i = 0; i < LimitRule.LOGIN_ADDRESS.max(); i++) {
      judge("BUSYGUESS" + i, BORN, "198.51.100.7");
    }
    assertThat(judge("BUSY000001", BORN, "198.51.100.7"))
        .isEqualTo(new Judgement.TooMany(Instant.parse("2026-11-23T10:10:00Z")));
    assertThat(judge("BUSY000001", BORN, "203.0.113.9")).isEqualTo(new Judgement.Right(bucket));
  }

  @Test
  void rightOnesAreNotCountedAgainstAnAddress() {
    registered("CLINIC0001");
    for (var i = 0; i < LimitRule.LOGIN_ADDRESS.max() + 5; i++) {
      assertThat(judge("CLINIC0001", BORN, "198.51.100.8")).isInstanceOf(Judgement.Right.class);
    }
  }

  /// Rule 11: the same calls in the same order, whatever was typed, and each of them is one
  // request.
  @Test
  void everyRefusalMakesTheSameCalls() {
    registered("SAME000001");
    var withdrawn = registered("SAME000002");
    buckets.withdraw(withdrawn.id());
    registered("SAME000003", clock.instant().minusSeconds(10), clock.instant());
    registered("SAME000004");
    for (var i = 0; i < Tries.DATE.max(); i++) {
      judge("SAME000004", OTHER, "192.0.2.1");
    }
    var codes = registered("SAME000005");
    for (var i = 0; i < Tries.CODE.max(); i++) {
      buckets.chargeCode(codes.id(), 0, Tries.CODE);
    }
    var expected = List.of("take", "charge", "find", "endVisits", "forgive");
    var oneEach = List.of("updateItem", "updateItem", "getItem", "updateItem", "updateItem");
    for (var typed :
        List.of(
            Typed.of("SAME000001", OTHER),
            Typed.of("SAME000002", BORN),
            Typed.of("SAME000003", BORN),
            Typed.of("SAME000004", BORN),
            Typed.of("SAME000005", BORN),
            Typed.of("SAMEN0B0DY", BORN),
            Typed.of("no/number", BORN),
            Typed.of("SAME000001", "no date"),
            Typed.of("SAME000001", "1958"))) {
      var calls = new ArrayList<String>();
      var requests = new ArrayList<String>();
      var client = noting(requests);
      var recorded =
          new Combination(
              new RecordedLimits(new DynamoSourceLimits(client, "LimitsTable"), calls),
              new RecordedReferences(new DynamoReferences(client, "ReferencesTable"), calls),
              new RecordedBuckets(new DynamoBuckets(client, "BucketsTable"), calls),
              pepper,
              clock);
      assertThat(recorded.judge(typed, "192.0.2.1")).isInstanceOf(Judgement.Refused.class);
      assertThat(calls).isEqualTo(expected);
      assertThat(requests).isEqualTo(oneEach);
    }
  }

  /// Rule 12 counts wrong dates: a right one is none, though it opens nothing any more.
  @Test
  void aRightDateIsForgivenOnANumberThatOpensNothingAnyMore() {
    var withdrawn = registered("RENEW00001");
    buckets.supersede(withdrawn.id(), "2");
    var now = clock.instant();
    registered("RENEW00002", now.minusSeconds(10), now);
    var blocked = registered("RENEW00003");
    for (var i = 0; i < Tries.CODE.max(); i++) {
      buckets.chargeCode(blocked.id(), 0, Tries.CODE);
    }
    for (var i = 0; i < Tries.DATE.max() + 1; i++) {
      assertThat(why("RENEW00001", BORN)).isEqualTo(Why.WITHDRAWN);
      assertThat(why("RENEW00002", BORN)).isEqualTo(Why.EXPIRED);
      assertThat(why("RENEW00003", BORN)).isEqualTo(Why.BLOCKED);
    }
    unlock(blocked);
    assertThat(judge("RENEW00003", BORN, "192.0.2.1")).isInstanceOf(Judgement.Right.class);
    var hash = Hashes.reference(pepper, ReferenceNumber.typed("RENEW00001").orElseThrow());
    var birth = Hashes.birth(pepper, hash, BirthDate.parse(BORN).orElseThrow());
    buckets.register(withdrawn, hash, birth, "3");
    assertThat(judge("RENEW00001", BORN, "192.0.2.1")).isInstanceOf(Judgement.Right.class);
    assertThat(registered("RENEW00002").id()).isEqualTo("bucket-RENEW00002");
    assertThat(judge("RENEW00002", BORN, "192.0.2.1")).isInstanceOf(Judgement.Right.class);
  }

  @Test
  void aWrongDateIsNotForgivenOnANumberThatOpensNothingAnyMore() {
    var now = clock.instant();
    registered("STALE00001", now.minusSeconds(10), now);
    for (var i = 0; i < Tries.DATE.max(); i++) {
      assertThat(why("STALE00001", OTHER)).isEqualTo(Why.WRONG_DATE);
    }
    assertThat(why("STALE00001", BORN)).isEqualTo(Why.BLOCKED);
    registered("STALE00001");
    assertThat(why("STALE00001", BORN)).isEqualTo(Why.BLOCKED);
  }

  /// The write that takes off nothing is a write like the others, of the same units, and fails as
  /// little: a failed condition would be quicker.
  @Test
  void everyRefusalForgivesByTheSameWrite() {
    var now = clock.instant();
    registered("WRITE00001", now.minusSeconds(10), now);
    for (var typed :
        List.of(
            Typed.of("WRITE00001", OTHER),
            Typed.of("WRITE00001", BORN),
            Typed.of("WRITEN0B0DY", BORN),
            Typed.of("no/number", BORN))) {
      var writes = new ArrayList<String>();
      var recorded =
          new Combination(
              limits,
              new DynamoReferences(writing(writes), "ReferencesTable"),
              buckets,
              pepper,
              clock);
      assertThat(recorded.judge(typed, "192.0.2.1")).isInstanceOf(Judgement.Refused.class);
      assertThat(writes)
          .containsExactly(
              "SET purge_at = if_not_exists(purge_at, :v1) ADD failures :v0", "ADD failures :v0");
    }
  }

  /// Notes every request, also one whose condition does not hold.
  private DynamoDbClient noting(List<String> requests) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              requests.add(method.getName());
              try {
                return method.invoke(tables.client(), arguments);
              } catch (InvocationTargetException refused) {
                throw refused.getCause();
              }
            });
  }

  /// Notes the updates that were accepted.
  private DynamoDbClient writing(List<String> writes) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (_, method, arguments) -> {
              if (!method.getName().equals("updateItem")) {
                throw new UnsupportedOperationException(method.getName());
              }
              @SuppressWarnings("unchecked") // the store builds its requests this way
              var build = (Consumer<UpdateItemRequest.Builder>) arguments[0];
              var request = UpdateItemRequest.builder().applyMutation(build).build();
              var answer = tables.client().updateItem(request);
              writes.add(named(request));
              return answer;
            });
  }

  /// With the names in the places of their placeholders.
  private static String named(UpdateItemRequest request) {
    var expression = request.updateExpression();
    for (var name : request.expressionAttributeNames().entrySet()) {
      expression = expression.replace(name.getKey(), name.getValue());
    }
    return expression;
  }

  @Test
  void networksAreThreeGroupsOfAnAddress() {
    assertThat(Combination.network("192.0.2.17")).isEqualTo("192.0.2");
    assertThat(Combination.network("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1");
  }

  private void unlock(Bucket bucket) {
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", new Tokens(new SecureRandom()));
    var unlocks = new DynamoUnlocks(tables.client(), "BucketsTable", "ReferencesTable", trail);
    var desk = new Staff("1", bucket.department(), Role.SERVICE_DESK);
    assertThat(new Unlock(unlocks, trail, clock).unlock(desk, bucket.id(), "called", "1"))
        .isEqualTo(new Unlock.Outcome.Unlocked());
  }

  private Judgement judge(String reference, String born, String address) {
    return combination.judge(Typed.of(reference, born), address);
  }

  private Why why(String reference, String born) {
    guests++; // each from somewhere else, so that no limit of another kind is reached
    var judgement = judge(reference, born, "10.0." + guests + ".1");
    assertThat(judgement).isInstanceOf(Judgement.Refused.class);
    return ((Judgement.Refused) judgement).why();
  }

  private Bucket registered(String number) {
    return registered(
        number, clock.instant().minusSeconds(10), clock.instant().plus(Duration.ofDays(30)));
  }

  private Bucket registered(String number, Instant from, Instant until) {
    return registered(number, from, until, BirthDate.parse(BORN).orElseThrow());
  }

  private Bucket registered(String number, Instant from, Instant until, BirthDate born) {
    var bucket =
        new Bucket(
            "bucket-" + number,
            "noord",
            new Scope.OfOrder(new OrderId("noord", number)),
            false,
            Verification.DATE_OF_BIRTH,
            Optional.empty(),
            "nl",
            from,
            until,
            false,
            false,
            Paid.NOTHING,
            0);
    var reference = ReferenceNumber.typed(number).orElseThrow();
    var hash = Hashes.reference(pepper, reference);
    var birth = Hashes.birth(pepper, hash, born);
    buckets.register(bucket, hash, birth, "1");
    assertThat(
            references.register(hash, new References.Entry(bucket.id(), birth, born.known()), "1"))
        .isEqualTo(References.Claiming.WRITTEN);
    return bucket;
  }

  private record RecordedLimits(SourceLimits limits, List<String> calls) implements SourceLimits {
    @Override
    public Optional<Instant> take(Source source, Instant now) {
      calls.add("take");
      return limits.take(source, now);
    }

    @Override
    public void giveBack(Source source, Instant now) {
      calls.add("giveBack");
      limits.giveBack(source, now);
    }
  }

  private record RecordedReferences(References references, List<String> calls)
      implements References {
    @Override
    public Try charge(String referenceHash, Instant now) {
      calls.add("charge");
      return references.charge(referenceHash, now);
    }

    @Override
    public void forgive(String referenceHash, int counted) {
      calls.add("forgive");
      references.forgive(referenceHash, counted);
    }

    @Override
    public Claiming register(String referenceHash, Entry entry, String version) {
      calls.add("register");
      return references.register(referenceHash, entry, version);
    }
  }

  private record RecordedBuckets(Buckets buckets, List<String> calls) implements Buckets {
    @Override
    public Registering refuse(Bucket bucket, String why, String version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> number(String bucketId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Bucket> find(String bucketId) {
      calls.add("find");
      return buckets.find(bucketId);
    }

    @Override
    public boolean add(String bucketId, String account, long epoch) {
      calls.add("add");
      return buckets.add(bucketId, account, epoch);
    }

    @Override
    public boolean opened(String bucketId, Instant at) {
      calls.add("opened");
      return buckets.opened(bucketId, at);
    }

    @Override
    public void last(Scope scope) {
      calls.add("last");
      buckets.last(scope);
    }

    @Override
    public Registering register(
        Bucket bucket, String referenceHash, String birthHash, String version) {
      calls.add("register");
      return buckets.register(bucket, referenceHash, birthHash, version);
    }

    @Override
    public void supersede(String bucketId, String version) {
      calls.add("supersede");
      buckets.supersede(bucketId, version);
    }

    @Override
    public void endVisits(String bucketId, boolean really) {
      calls.add("endVisits");
      buckets.endVisits(bucketId, really);
    }

    @Override
    public int wrongCodes(String bucketId) {
      calls.add("wrongCodes");
      return buckets.wrongCodes(bucketId);
    }

    @Override
    public void withdraw(String bucketId) {
      calls.add("withdraw");
      buckets.withdraw(bucketId);
    }

    @Override
    public CodeTry chargeCode(String bucketId, long epoch, Tries tries) {
      calls.add("chargeCode");
      return buckets.chargeCode(bucketId, epoch, tries);
    }
  }
}

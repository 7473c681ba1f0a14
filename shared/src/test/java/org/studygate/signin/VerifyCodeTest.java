package org.studygate.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.access.DynamoUnlocks;
import org.studygate.access.Paid;
import org.studygate.access.Scope;
import org.studygate.access.Unlock;
import org.studygate.account.Role;
import org.studygate.account.Staff;
import org.studygate.audit.DynamoAuditTrail;
import org.studygate.department.Verification;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.TestTables;
import org.studygate.limit.Tries;
import org.studygate.notice.Outgoing;
import org.studygate.order.BirthDate.Known;
import org.studygate.platform.Pepper;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestSecrets;
import org.studygate.platform.Tokens;
import org.studygate.platform.Tokens.Token;
import org.studygate.reference.DynamoReferences;
import org.studygate.reference.References;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import org.studygate.signin.Challenges.Code;
import org.studygate.signin.Challenges.Sending;
import org.studygate.signin.VerifyCode.Outcome;
import org.studygate.study.OrderId;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Rules 1 to 8 of one-time codes, on DynamoDB Local.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyCodeTest {
  private static final String CODE = "123456";
  private static final String WRONG = "654321";

  private final TestClock clock = TestClock.at("2026-11-23T10:00:00Z");
  private final Pepper pepper = new Pepper(new TestSecrets(), "pepper");
  private final Tokens tokens = new Tokens(new SecureRandom());
  @AutoClose private final TestTables tables = TestTables.start();
  private DynamoBuckets buckets;
  private DynamoSessions sessions;
  private DynamoChallenges challenges;
  private VerifyCode verify;

  private static final DynamoChallenges.Tables TABLES =
      new DynamoChallenges.Tables(
          "ChallengesTable", "LimitsTable", "OutboxTable", "SessionsTable", "BucketsTable");

  @BeforeAll
  void start() {
    buckets = new DynamoBuckets(tables.client(), "BucketsTable");
    sessions = new DynamoSessions(tables.client(), "SessionsTable");
    challenges = new DynamoChallenges(tables.client(), TABLES);
    verify = new VerifyCode(challenges, buckets, pepper, tokens, clock);
  }

  @Test
  void theRightCodeOpensOneVisitAndIsThenUsedUp() {
    var cookie = challenge(bucket("once"));
    var outcome = verify.check(cookie, CODE);
    assertThat(outcome).isInstanceOf(Outcome.Opened.class);
    var opened = (Outcome.Opened) outcome;
    assertThat(sessions.find(opened.token().hash(), clock.instant())).contains(opened.session());
    assertThat(opened.token()).isNotEqualTo(cookie);
    assertThat(verify.check(cookie, CODE)).isInstanceOf(Outcome.NoLiveCode.class);
  }

  @Test
  void theRightCodeAsLastTryWorksAndAfterTheLastWrongOneItDoesNot() {
    var last = challenge(bucket("last"));
    wrong(last, Tries.CODE.max() - 1);
    assertThat(verify.check(last, CODE)).isInstanceOf(Outcome.Opened.class);
    var blocked = challenge(bucket("blocked"));
    wrong(blocked, Tries.CODE.max());
    assertThat(verify.check(blocked, CODE)).isInstanceOf(Outcome.Blocked.class);
  }

  @Test
  void aNewCodeRefillsNothingAndKillsTheFormer() {
    var bucket = bucket("refill");
    var cookie = challenge(bucket);
    wrong(cookie, Tries.CODE.max() - 2);
    clock.advance(Duration.ofSeconds(60));
    assertThat(challenges.send(code(bucket, cookie, "777777", false), message(), clock.instant()))
        .isInstanceOf(Sending.Sent.class);
    assertThat(verify.check(cookie, CODE)).isInstanceOf(Outcome.Wrong.class);
    assertThat(verify.check(cookie, WRONG)).isInstanceOf(Outcome.Wrong.class);
    assertThat(verify.check(cookie, "777777")).isInstanceOf(Outcome.Blocked.class);
  }

  /// A visitor is told to wait or to try again, as if somebody else's code were the reason.
  @Test
  void whereOthersKeepWritingNothingIsSentAndNothingOpens() {
    var bucket = bucket("busy");
    var cookie = challenge(bucket);
    var now = clock.instant();
    var open = challenges.find(cookie.hash(), now).orElseThrow();
    var busy = new DynamoChallenges(tables.client(new Quicker()), TABLES);
    assertThat(busy.send(code(bucket, tokens.next(), CODE, true), message(), now))
        .isEqualTo(new Sending.TooMany(now.plus(OtpPolicy.SPACING)));
    var subject = new Subject.OfBucket(bucket.id());
    var session = Session.begin(tokens.next().hash(), subject, 0, "noord", now);
    assertThat(busy.redeem(open, 1, session, now)).isFalse();
    assertThat(sessions.find(session.hash(), now)).isEmpty();
  }

  /// Another write, each time.
  private static final class Quicker implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (context.request() instanceof TransactWriteItemsRequest) {
        throw TransactionCanceledException.builder()
            .cancellationReasons(CancellationReason.builder().code("TransactionConflict").build())
            .build();
      }
    }
  }

  @Test
  void aSuccessClearsTheRun() {
    var bucket = bucket("clears");
    var first = challenge(bucket);
    wrong(first, Tries.CODE.max() - 1);
    assertThat(verify.check(first, CODE)).isInstanceOf(Outcome.Opened.class);
    var second = challenge(bucket);
    wrong(second, Tries.CODE.max() - 1);
    assertThat(verify.check(second, CODE)).isInstanceOf(Outcome.Opened.class);
  }

  @Test
  void aCodeIsDeadAfterTenMinutesAlsoWhenTheClockGoesBack() {
    var cookie = challenge(bucket("late"));
    clock.advance(Duration.ofMinutes(10));
    assertThat(verify.check(cookie, CODE)).isInstanceOf(Outcome.NoLiveCode.class);
    clock.advance(Duration.ofMinutes(-5));
    assertThat(verify.check(cookie, CODE)).isInstanceOf(Outcome.NoLiveCode.class);
  }

  @Test
  void aChallengeOpenedBeforeAWithdrawalOrAnUnlockIsDeadForEver() {
    var bucket = bucket("unlocked");
    var before = challenge(bucket);
    wrong(before, Tries.CODE.max());
    unlock(bucket);
    assertThat(verify.check(before, CODE)).isInstanceOf(Outcome.Blocked.class);
    var after = challenge(buckets.find(bucket.id()).orElseThrow());
    assertThat(verify.check(after, CODE)).isInstanceOf(Outcome.Opened.class);
    var late = challenge(buckets.find(bucket.id()).orElseThrow());
    buckets.withdraw(bucket.id());
    assertThat(verify.check(late, CODE)).isInstanceOf(Outcome.Blocked.class);
  }

  @Test
  void aCodeWorksWithItsOwnChallengeOnly() {
    var bucket = bucket("bound");
    var mine = challenge(bucket);
    var cookie = tokens.next();
    clock.advance(OtpPolicy.SPACING);
    challenges.send(code(bucket, cookie, "222222", true), message(), clock.instant());
    assertThat(verify.check(cookie, CODE)).isInstanceOf(Outcome.Wrong.class);
    assertThat(verify.check(mine, CODE)).isInstanceOf(Outcome.Opened.class);
    assertThat(verify.check(cookie, "222222")).isInstanceOf(Outcome.Opened.class);
  }

  @Test
  void ofTwoHundredParallelGuessesNoMoreAreJudgedThanMayBeWrong() throws Exception {
    var cookie = challenge(bucket("race"));
    var outcomes = together(200, i -> verify.check(cookie, String.format("9%05d", i)));
    assertThat(outcomes.filter(Outcome.Wrong.class::isInstance)).hasSize(Tries.CODE.max());
  }

  @Test
  void aRightCodeSentFiftyTimesOpensOnce() throws Exception {
    var cookie = challenge(bucket("fifty"));
    var outcomes = together(50, i -> verify.check(cookie, CODE));
    assertThat(outcomes.filter(Outcome.Opened.class::isInstance)).hasSize(1);
  }

  @Test
  void ofParallelRequestsOneSends() throws Exception {
    var bucket = bucket("flood");
    var cookie = challenge(bucket);
    clock.advance(Duration.ofSeconds(60));
    var now = clock.instant();
    var sendings =
        together(50, i -> challenges.send(code(bucket, cookie, "333333", false), message(), now));
    assertThat(sendings.filter(Sending.Sent.class::isInstance)).hasSize(1);
  }

  @Test
  void sixtySecondsBetweenCodesAndThreeForAChallenge() {
    var bucket = bucket("spacing");
    var cookie = challenge(bucket);
    var again = code(bucket, cookie, "444444", false);
    clock.advance(Duration.ofSeconds(59));
    assertThat(challenges.send(again, message(), clock.instant()))
        .isEqualTo(new Sending.TooMany(clock.instant().plusSeconds(1)));
    for (var i = 0; i < 2; i++) {
      clock.advance(Duration.ofSeconds(60));
      assertThat(challenges.send(again, message(), clock.instant()))
          .isInstanceOf(Sending.Sent.class);
    }
    clock.advance(Duration.ofSeconds(60));
    assertThat(challenges.send(again, message(), clock.instant()))
        .isInstanceOf(Sending.TooMany.class);
  }

  @Test
  void fiveSendsForABucketInAnHour() {
    var bucket = bucket("hourly");
    clock.advance(Duration.ofMinutes(58)); // late in an hour of the clock, which counts for nothing
    var first = clock.instant().plus(OtpPolicy.SPACING);
    for (var i = 0; i < 5; i++) {
      challenge(bucket);
    }
    clock.advance(OtpPolicy.SPACING);
    var cookie = tokens.next();
    var sixth = code(bucket, cookie, CODE, true);
    var hour = first.plus(Duration.ofHours(1));
    assertThat(challenges.send(sixth, message(), clock.instant()))
        .isEqualTo(new Sending.TooMany(hour));
    assertThat(challenges.find(cookie.hash(), clock.instant())).isEmpty();
    clock.advance(Duration.between(clock.instant(), hour).minusMillis(1));
    assertThat(challenges.send(sixth, message(), clock.instant()))
        .isEqualTo(new Sending.TooMany(hour));
    clock.advance(Duration.ofMillis(1));
    assertThat(challenges.send(sixth, message(), clock.instant())).isInstanceOf(Sending.Sent.class);
  }

  /// Also over logins: whoever begins anew waits as long as whoever asks again.
  @Test
  void sixtySecondsBetweenTwoCodesOfABucketWhateverChallengeAsks() {
    var bucket = bucket("logins");
    challenge(bucket);
    var next = clock.instant().plus(OtpPolicy.SPACING);
    var cookie = tokens.next();
    var again = code(bucket, cookie, "555555", true);
    clock.advance(Duration.ofSeconds(20));
    assertThat(challenges.send(again, message(), clock.instant()))
        .isEqualTo(new Sending.TooMany(next));
    clock.advance(Duration.ofSeconds(40));
    assertThat(challenges.send(again, message(), clock.instant())).isInstanceOf(Sending.Sent.class);
  }

  @Test
  void ofTwoHundredParallelLoginsOneSends() throws Exception {
    var bucket = bucket("waves");
    var now = clock.instant();
    var sendings =
        together(
            200, i -> challenges.send(code(bucket, tokens.next(), CODE, true), message(), now));
    assertThat(sendings.filter(Sending.Sent.class::isInstance)).hasSize(1);
  }

  @Test
  void aRefusedSendingLeavesNoMessage() {
    var bucket = bucket("nothing");
    var cookie = challenge(bucket);
    var message = message();
    challenges.send(code(bucket, cookie, CODE, false), message, clock.instant());
    var found =
        tables
            .client()
            .getItem(
                request ->
                    request
                        .tableName("OutboxTable")
                        .key(Map.of("message_id", Item.s(message.messageId()))));
    assertThat(found.hasItem()).isFalse();
  }

  private void wrong(Token cookie, int times) {
    for (var i = 0; i < times; i++) {
      assertThat(verify.check(cookie, WRONG)).isInstanceOf(Outcome.Wrong.class);
    }
  }

  private Bucket bucket(String id) {
    var bucket =
        new Bucket(
            id,
            "noord",
            new Scope.OfOrder(new OrderId("noord", "A1")),
            true,
            Verification.OTP_SMS,
            Optional.of("+32470000000"),
            "nl",
            Instant.EPOCH,
            Instant.parse("2030-01-01T00:00:00Z"),
            false,
            false,
            Paid.NOTHING,
            0);
    buckets.register(bucket, "number of " + id, "birth", "1");
    new DynamoReferences(tables.client(), "ReferencesTable")
        .register("number of " + id, new References.Entry(id, "birth", Known.DAY), "1");
    return bucket;
  }

  private void unlock(Bucket bucket) {
    var trail = new DynamoAuditTrail(tables.client(), "AuditTable", tokens);
    var unlocks = new DynamoUnlocks(tables.client(), "BucketsTable", "ReferencesTable", trail);
    var desk = new Staff("1", bucket.department(), Role.SERVICE_DESK);
    assertThat(new Unlock(unlocks, trail, clock).unlock(desk, bucket.id(), "called", "1"))
        .isEqualTo(new Unlock.Outcome.Unlocked());
  }

  private Token challenge(Bucket bucket) {
    clock.advance(OtpPolicy.SPACING); // nothing is sent sooner
    var cookie = tokens.next();
    assertThat(challenges.send(code(bucket, cookie, CODE, true), message(), clock.instant()))
        .isInstanceOf(Sending.Sent.class);
    return cookie;
  }

  private Code code(Bucket bucket, Token cookie, String code, boolean first) {
    var hash = VerifyCode.hash(pepper, cookie.hash(), code);
    return new Code(
        cookie.hash(), new Subject.OfBucket(bucket.id()), bucket.epoch(), hash, bucket.id(), first);
  }

  private Outgoing message() {
    return new Outgoing(
        tokens.id(), org.studygate.notice.MessageKind.CODE, "sms", "sealed", "bucket");
  }

  private static <T> Stream<T> together(int times, IntFunction<T> call) throws Exception {
    var threads = 50;
    var barrier = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var calls =
          IntStream.range(0, times)
              .mapToObj(
                  i ->
                      pool.submit(
                          () -> {
                            barrier.await();
                            return call.apply(i);
                          }))
              .toList();
      var answers = Stream.<T>builder();
      for (var one : calls) {
        answers.add(one.get());
      }
      return answers.build();
    }
  }
}

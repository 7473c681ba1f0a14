package org.studygate.signin;

import static org.studygate.dynamo.Condition.above;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.atMost;
import static org.studygate.dynamo.Condition.below;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.s;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.access.Bucket;
import org.studygate.access.DynamoBuckets;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.NewItem;
import org.studygate.dynamo.Transaction;
import org.studygate.dynamo.Transaction.Outcome;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.LimitRule;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import org.studygate.session.Subject;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// `challenge_hash=5e… | subject=bucket:b7… | epoch=0 | code_hash=9f… | code_expires | sends=1 |
/// next_send_at | expires | purge_at`
///
/// Those that were begun before there were accounts have `bucket_id=b7…` instead of a subject.
///
/// A sending is one transaction over the challenge, three limits and the outbox: parallel
/// requests send one message (`ofParallelRequestsOneSends`), a newer code kills the older one,
/// and a crash leaves either everything or nothing.
public final class DynamoChallenges implements Challenges {
  private static final int MAX_TRIES = 10;
  private static final String CHALLENGE = "challenge";

  private final DynamoDbClient dynamo;
  private final Tables tables;
  private final DynamoLimits limits;

  /// The tables of a sending and of a redemption.
  public record Tables(
      String challenges, String limits, String outbox, String sessions, String buckets) {
    private static final String NOT_MINE = "";

    /// For a function that opens and reads steps.
    public static Tables ofSteps(String challenges) {
      return new Tables(challenges, NOT_MINE, NOT_MINE, NOT_MINE, NOT_MINE);
    }

    /// For a function that sends and may not redeem.
    public static Tables ofSending(String challenges, String limits, String outbox) {
      return new Tables(challenges, limits, outbox, NOT_MINE, NOT_MINE);
    }

    /// For a function that sends and judges codes for visits that are there already.
    public static Tables ofProof(String challenges, String limits, String outbox, String buckets) {
      return new Tables(challenges, limits, outbox, NOT_MINE, buckets);
    }

    /// For the function that redeems and may not send.
    public static Tables ofRedemption(String challenges, String sessions, String buckets) {
      return new Tables(challenges, NOT_MINE, NOT_MINE, sessions, buckets);
    }
  }

  public DynamoChallenges(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
    this.limits = new DynamoLimits(dynamo, tables.limits());
  }

  @Override
  public Optional<Challenge> find(String challengeHash, Instant now) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.challenges())
                    .key(key(challengeHash))
                    .consistentRead(true));
    return found.hasItem()
        ? Optional.of(challenge(Item.of(found.item()))).filter(challenge -> challenge.live(now))
        : Optional.empty();
  }

  /// What stands in an item of this table.
  public static Challenge challenge(Item item) {
    return new Challenge(
        item.text("challenge_hash"),
        item.optionalText("subject")
            .map(Subject::parse)
            .orElseGet(() -> new Subject.OfBucket(item.text("bucket_id"))),
        item.number("epoch"),
        item.optionalText("code_hash").orElse(""),
        item.optionalTime("code_expires").orElse(Instant.EPOCH),
        item.optionalNumber("sends").orElse(0L).intValue(),
        item.optionalTime("next_send_at").orElse(Instant.EPOCH),
        item.time("expires"));
  }

  @Override
  public void begin(String challengeHash, Bucket bucket, Instant expires) {
    var item =
        Item.write()
            .put("challenge_hash", challengeHash)
            .put("subject", new Subject.OfBucket(bucket.id()).text())
            .put("epoch", bucket.epoch())
            .put("expires", expires)
            .purgeAt(expires.plus(Duration.ofDays(1)))
            .attributes();
    new NewItem(tables.challenges(), item, "challenge_hash").put(dynamo);
  }

  /// The step is over, in the transaction that opens the visit. Made twice it opens one.
  public static TransactWriteItem ending(String table, Challenge step, Instant now) {
    return Transaction.deleting(
        table, key(step.hash()), all(above("expires", n(now)), absent("code_hash")));
  }

  @Override
  public Sending send(Code code, Outgoing message, Instant now) {
    return send(code, Optional.of(message), Map.of(), new Transaction(), now);
  }

  /// The same beside what another store does in one write with it; where a step of that one is
  /// refused, the challenge is gone.
  ///
  /// @param message empty where nobody is there to get one: all else is done, so that nothing tells
  /// @param beside what else the new challenge keeps
  public Sending send(
      Code code,
      Optional<Outgoing> message,
      Map<String, AttributeValue> beside,
      Transaction sending,
      Instant now) {
    var who = who(code.subject());
    var counted =
        List.of(
            new Counted(LimitRule.OTP_SPACING, who),
            new Counted(LimitRule.OTP_BUCKET, who),
            new Counted(LimitRule.OTP_DESTINATION, code.destinationHash()));
    sending.step(CHALLENGE, code.first() ? open(code, beside, now) : renew(code, now));
    counted.forEach(
        one -> sending.step(one.rule().name(), limits.taking(one.rule(), one.who(), now)));
    message.ifPresent(
        one -> sending.step("message", DynamoOutbox.putting(tables.outbox(), one, now)));
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      var outcome = committed(sending);
      if (outcome.isEmpty()) {
        break;
      }
      switch (outcome.get()) {
        case Outcome.Done() -> {
          return new Sending.Sent(now.plus(OtpPolicy.SPACING), now.plus(OtpPolicy.LIFE));
        }
        case Outcome.Refused refused -> {
          var why = why(refused, counted, now);
          if (why.isPresent()) {
            return why.get();
          } // else there is room now
        }
      }
    }
    return new Sending.TooMany(now.plus(OtpPolicy.SPACING));
  }

  private static String who(Subject subject) {
    return switch (subject) {
      case Subject.OfBucket(var id) -> id;
      case Subject.OfAccount account -> account.text();
    };
  }

  /// What a sending is counted under.
  private record Counted(LimitRule rule, String who) {}

  /// Told by what came back with the refusal: the latest of all the times that are to be waited
  /// for. Empty when nothing stands in the way any more.
  private Optional<Sending> why(Outcome.Refused refused, List<Counted> counted, Instant now) {
    var waits = new ArrayList<Instant>();
    if (refused.at(CHALLENGE)) {
      var challenge =
          refused
              .standing(CHALLENGE)
              .map(DynamoChallenges::challenge)
              .filter(found -> found.live(now));
      if (challenge.isEmpty()) {
        return Optional.of(new Sending.Gone());
      }
      var more = challenge.get().sends() < OtpPolicy.SENDS_PER_CHALLENGE;
      waits.add(more ? challenge.get().nextSendAt() : challenge.get().expires());
    }
    for (var one : counted) {
      refused
          .standing(one.rule().name())
          .flatMap(full -> limits.room(one.rule(), one.who(), full, now))
          .ifPresent(waits::add);
    }
    var others = waits.isEmpty() && !onlyOfLimits(refused, counted);
    return others
        ? Optional.of(new Sending.Gone())
        : waits.stream().max(Instant::compareTo).map(Sending.TooMany::new);
  }

  private static boolean onlyOfLimits(Outcome.Refused refused, List<Counted> counted) {
    return refused.steps().keySet().stream()
        .allMatch(name -> counted.stream().anyMatch(one -> one.rule().name().equals(name)));
  }

  private TransactWriteItem open(Code code, Map<String, AttributeValue> beside, Instant now) {
    var expires = now.plus(OtpPolicy.CHALLENGE_LIFE);
    var item =
        Item.write()
            .put("challenge_hash", code.challengeHash())
            .put("subject", code.subject().text())
            .put("epoch", code.epoch())
            .put("code_hash", code.codeHash())
            .put("code_expires", now.plus(OtpPolicy.LIFE))
            .put("sends", 1)
            .put("next_send_at", now.plus(OtpPolicy.SPACING))
            .put("expires", expires)
            .purgeAt(expires.plus(Duration.ofDays(1)))
            .attributes();
    item.putAll(beside);
    return Transaction.putting(tables.challenges(), item, absent("challenge_hash"));
  }

  private TransactWriteItem renew(Code code, Instant now) {
    return Change.of(tables.challenges(), key(code.challengeHash()))
        .set("code_hash", code.codeHash())
        .set("code_expires", now.plus(OtpPolicy.LIFE))
        .set("next_send_at", now.plus(OtpPolicy.SPACING))
        .add("sends", 1)
        .when(
            all(
                exists("code_hash"),
                above("expires", n(now)),
                below("sends", n(OtpPolicy.SENDS_PER_CHALLENGE)),
                atMost("next_send_at", n(now))))
        .step();
  }

  @Override
  public boolean redeem(Challenge challenge, int counted, Session session, Instant now) {
    var redemption =
        spending(challenge, counted, now)
            .step("session", DynamoSessions.beginning(tables.sessions(), session));
    return committed(redemption).filter(Outcome::done).isPresent();
  }

  @Override
  public boolean spend(Challenge challenge, int counted, Instant now) {
    return committed(spending(challenge, counted, now)).filter(Outcome::done).isPresent();
  }

  private Transaction spending(Challenge challenge, int counted, Instant now) {
    return spending(tables.challenges(), tables.buckets(), challenge, counted, now);
  }

  /// A right code is used up, and the tries before it count no longer.
  static Transaction spending(
      String challenges, String buckets, Challenge challenge, int counted, Instant now) {
    return new Transaction()
        .delete(
            "code",
            challenges,
            key(challenge.hash()),
            all(equal("code_hash", s(challenge.codeHash())), above("code_expires", n(now))))
        .step(
            "bucket",
            DynamoBuckets.forgiving(
                buckets, challenge.bucket().orElseThrow(), challenge.epoch(), counted));
  }

  /// Empty where others kept writing: closed, as for a code that is wrong.
  private Optional<Outcome> committed(Transaction steps) {
    try {
      return Optional.of(steps.commit(dynamo));
    } catch (TransactionCanceledException othersKeptWriting) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Challenge> end(String challengeHash) {
    var ended =
        dynamo.deleteItem(
            request ->
                request
                    .tableName(tables.challenges())
                    .key(key(challengeHash))
                    .returnValues(ReturnValue.ALL_OLD));
    return ended.hasAttributes()
        ? Optional.of(challenge(Item.of(ended.attributes())))
        : Optional.empty();
  }

  @Override
  public void kill(Challenge challenge) {
    Change.of(tables.challenges(), key(challenge.hash()))
        .set("code_hash", "")
        .when(equal("code_hash", s(challenge.codeHash())))
        .run(dynamo); // refused: a newer code has taken its place, or the challenge is over
  }

  private static Map<String, AttributeValue> key(String challengeHash) {
    return Map.of("challenge_hash", s(challengeHash));
  }
}

package org.studygate.otp;

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
import org.studygate.dynamo.Item;
import org.studygate.limit.DynamoLimits;
import org.studygate.limit.LimitRule;
import org.studygate.notice.DynamoOutbox;
import org.studygate.notice.Outgoing;
import org.studygate.session.DynamoSessions;
import org.studygate.session.Session;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// `challenge_hash=5e… | bucket_id=b7… | epoch=0 | code_hash=9f… | code_expires | sends=1 |
/// next_send_at | expires | purge_at`
///
/// A sending is one transaction over the challenge, two counters and the outbox: parallel
/// requests send one message (`ofParallelRequestsOneSends`), a newer code kills the older one,
/// and a crash leaves either everything or nothing.
public final class DynamoChallenges implements Challenges {
  private static final int MAX_TRIES = 10;

  private final DynamoDbClient dynamo;
  private final Tables tables;

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

    /// For the function that redeems and may not send.
    public static Tables ofRedemption(String challenges, String sessions, String buckets) {
      return new Tables(challenges, NOT_MINE, NOT_MINE, sessions, buckets);
    }
  }

  public DynamoChallenges(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public Optional<Challenge> find(String challengeHash, Instant now) {
    var found =
        dynamo.getItem(
            request ->
                request
                    .tableName(tables.challenges())
                    .key(Map.of("challenge_hash", s(challengeHash)))
                    .consistentRead(true));
    return found.hasItem()
        ? Optional.of(challenge(Item.of(found.item()))).filter(challenge -> challenge.live(now))
        : Optional.empty();
  }

  private static Challenge challenge(Item item) {
    return new Challenge(
        item.text("challenge_hash"),
        item.text("bucket_id"),
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
            .put("bucket_id", bucket.id())
            .put("epoch", bucket.epoch())
            .put("expires", expires)
            .purgeAt(expires.plus(Duration.ofDays(1)))
            .attributes();
    dynamo.putItem(
        request ->
            request
                .tableName(tables.challenges())
                .item(item)
                .conditionExpression("attribute_not_exists(challenge_hash)"));
  }

  /// The step is over, in the transaction that opens the visit. Made twice it opens one.
  public static TransactWriteItem ending(String table, Challenge step, Instant now) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(table)
                    .key(Map.of("challenge_hash", s(step.hash())))
                    .conditionExpression("expires > :now AND attribute_not_exists(code_hash)")
                    .expressionAttributeValues(Map.of(":now", n(now))))
        .build();
  }

  @Override
  public Sending send(Code code, Outgoing message, Instant now) {
    var steps =
        List.of(
            code.first() ? open(code, now) : renew(code, now),
            DynamoLimits.taking(tables.limits(), LimitRule.OTP_BUCKET, code.bucketId(), now),
            DynamoLimits.taking(
                tables.limits(), LimitRule.OTP_DESTINATION, code.destinationHash(), now),
            DynamoOutbox.putting(tables.outbox(), message, now));
    try {
      dynamo.transactWriteItems(request -> request.transactItems(steps));
      return new Sending.Sent(now.plus(OtpPolicy.SPACING), now.plus(OtpPolicy.LIFE));
    } catch (TransactionCanceledException cancelled) {
      return why(cancelled.cancellationReasons(), now);
    }
  }

  private static Sending why(List<CancellationReason> reasons, Instant now) {
    var failed = new ArrayList<Boolean>();
    for (var reason : reasons) {
      failed.add("ConditionalCheckFailed".equals(reason.code()));
    }
    if (failed.get(2)) {
      return new Sending.TooMany(LimitRule.OTP_DESTINATION.windowEnd(now));
    }
    if (failed.get(1)) {
      return new Sending.TooMany(LimitRule.OTP_BUCKET.windowEnd(now));
    }
    if (!failed.get(0)) { // another sending is under way in this very moment
      return new Sending.TooMany(now.plus(OtpPolicy.SPACING));
    }
    var item = reasons.getFirst().item();
    if (item == null || item.isEmpty()) {
      return new Sending.Gone();
    }
    var challenge = challenge(Item.of(item));
    if (!challenge.live(now)) {
      return new Sending.Gone();
    }
    return new Sending.TooMany(
        challenge.sends() < OtpPolicy.SENDS_PER_CHALLENGE
            ? challenge.nextSendAt()
            : challenge.expires());
  }

  private TransactWriteItem open(Code code, Instant now) {
    var expires = now.plus(OtpPolicy.CHALLENGE_LIFE);
    var item =
        Item.write()
            .put("challenge_hash", code.challengeHash())
            .put("bucket_id", code.bucketId())
            .put("epoch", code.epoch())
            .put("code_hash", code.codeHash())
            .put("code_expires", now.plus(OtpPolicy.LIFE))
            .put("sends", 1)
            .put("next_send_at", now.plus(OtpPolicy.SPACING))
            .put("expires", expires)
            .purgeAt(expires.plus(Duration.ofDays(1)))
            .attributes();
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(tables.challenges())
                    .item(item)
                    .conditionExpression("attribute_not_exists(challenge_hash)"))
        .build();
  }

  private TransactWriteItem renew(Code code, Instant now) {
    return TransactWriteItem.builder()
        .update(
            update ->
                update
                    .tableName(tables.challenges())
                    .key(Map.of("challenge_hash", s(code.challengeHash())))
                    .updateExpression(
                        "SET code_hash = :code, code_expires = :until, next_send_at = :next"
                            + " ADD sends :one")
                    .conditionExpression(
                        "attribute_exists(code_hash) AND expires > :now AND sends < :max"
                            + " AND next_send_at <= :now")
                    .expressionAttributeValues(
                        Map.of(
                            ":code", s(code.codeHash()),
                            ":until", n(now.plus(OtpPolicy.LIFE)),
                            ":next", n(now.plus(OtpPolicy.SPACING)),
                            ":one", n(1),
                            ":now", n(now),
                            ":max", n(OtpPolicy.SENDS_PER_CHALLENGE)))
                    .returnValuesOnConditionCheckFailure("ALL_OLD"))
        .build();
  }

  @Override
  public boolean redeem(Challenge challenge, int counted, Session session, Instant now) {
    var steps =
        List.of(
            end(challenge, now),
            DynamoSessions.beginning(tables.sessions(), session),
            DynamoBuckets.forgiving(
                tables.buckets(), challenge.bucketId(), challenge.epoch(), counted));
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      try {
        dynamo.transactWriteItems(request -> request.transactItems(steps));
        return true;
      } catch (TransactionCanceledException cancelled) {
        if (cancelled.cancellationReasons().stream()
            .anyMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))) {
          return false;
        } // else another write touched the bucket in this very moment: try again
      }
    }
    return false;
  }

  private TransactWriteItem end(Challenge challenge, Instant now) {
    return TransactWriteItem.builder()
        .delete(
            delete ->
                delete
                    .tableName(tables.challenges())
                    .key(Map.of("challenge_hash", s(challenge.hash())))
                    .conditionExpression("code_hash = :code AND code_expires > :now")
                    .expressionAttributeValues(
                        Map.of(":code", s(challenge.codeHash()), ":now", n(now))))
        .build();
  }

  @Override
  public void kill(Challenge challenge) {
    try {
      dynamo.updateItem(
          request ->
              request
                  .tableName(tables.challenges())
                  .key(Map.of("challenge_hash", s(challenge.hash())))
                  .updateExpression("SET code_hash = :none")
                  .conditionExpression("code_hash = :code")
                  .expressionAttributeValues(
                      Map.of(":none", s(""), ":code", s(challenge.codeHash()))));
    } catch (ConditionalCheckFailedException replacedMeanwhile) {
      // a newer code has taken its place, or the challenge is over
    }
  }
}

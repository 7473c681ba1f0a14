package org.studygate.limit;

import static org.studygate.dynamo.Condition.elementEqual;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.times;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// `limit_key=login-address#<hash> | taken=[1795428000000, …] | purge_at`: when each was taken, no
/// more of them than the rule allows.
///
/// A window begins at any moment, so there is no edge at which twice as many fit
/// (`DynamoLimitsTest`). Taking is one conditional write that adds a time while there is room. A
/// list that is full of times that count no longer is cleared first, by a write that holds only if
/// nobody has changed it; what is taken is never lost, and never more than allowed.
public final class DynamoLimits implements Limits {
  private static final int MAX_TRIES = 20;

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoLimits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Instant> take(LimitRule rule, String who, Instant now) {
    var one = one(rule, who, now);
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      if (!(one.run(dynamo) instanceof Refused(var full))) {
        return Optional.empty();
      }
      var room = room(rule, who, full.orElseThrow(), now);
      if (room.isPresent()) {
        return room;
      }
    }
    return Optional.of(now.plus(rule.window())); // others kept taking: closed
  }

  /// The same, as a part of a transaction: what is counted happens or nothing is counted. Who finds
  /// it full asks `room`, with the item that came back.
  public TransactWriteItem taking(LimitRule rule, String who, Instant now) {
    return one(rule, who, now).step();
  }

  private Change one(LimitRule rule, String who, Instant now) {
    return on(rule, who)
        .append("taken", times(List.of(now.toEpochMilli())))
        .set("purge_at", purgeAt(now.plus(rule.window())))
        .when(Condition.room("taken", rule.max()));
  }

  /// When there will be room in a list that was found full. Empty: now, for what counts no longer
  /// has been cleared away.
  public Optional<Instant> room(LimitRule rule, String who, Item full, Instant now) {
    var taken = full.numbers("taken");
    var room = rule.room(taken, now);
    if (room.isEmpty()) {
      clear(rule, who, taken, rule.counting(taken, now));
    }
    return room;
  }

  /// One that was taken at that moment is as good as another.
  @Override
  public void giveBack(LimitRule rule, String who, Instant now) {
    var at = 0; // where it lies when nobody else is about
    // each try that fails means that somebody else's was done, and there are no more than fit in
    var most = Math.max(MAX_TRIES, 2 * rule.max());
    for (var tries = 0; tries < most; tries++) {
      var back =
          on(rule, who).removeAt("taken", at).when(elementEqual("taken", at, n(now))).run(dynamo);
      if (!(back instanceof Refused(var standing))) {
        return;
      }
      at = standing.map(item -> item.numbers("taken").indexOf(now.toEpochMilli())).orElse(-1);
      if (at < 0) {
        return; // cleared away
      }
    }
  }

  private void clear(LimitRule rule, String who, List<Long> taken, List<Long> counting) {
    on(rule, who)
        .set("taken", times(counting))
        .when(equal("taken", times(taken)))
        .run(dynamo); // refused: somebody else has cleared it, or taken one
  }

  private Change on(LimitRule rule, String who) {
    return Change.of(table, key(rule, who));
  }

  private static Map<String, AttributeValue> key(LimitRule rule, String who) {
    return Map.of("limit_key", s(rule.key(who)));
  }
}

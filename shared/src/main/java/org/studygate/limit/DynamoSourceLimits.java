package org.studygate.limit;

import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.elementEqual;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.several;
import static org.studygate.dynamo.Item.n;
import static org.studygate.dynamo.Item.purgeAt;
import static org.studygate.dynamo.Item.s;
import static org.studygate.dynamo.Item.times;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Change.Result.Refused;
import org.studygate.dynamo.Condition;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `limit_key=login-network#<hash> | taken=[1795428000000, …] | from-<hash>=[1795428000000, …] |
/// writes | purge_at`: one item a network, with the times of all of it and those of each of its
/// addresses. So both rules are one write, and a transaction is not in the way of a hospital's
/// waiting room. As in `DynamoLimits` a list that is full of times that count no longer is cleared
/// by a write that holds only if nobody has written since.
///
/// An address that has nothing taken has no list, so the item holds no more lists than times: at
/// most 150, some 14 kB. Items of a version that kept addresses by themselves count no longer.
public final class DynamoSourceLimits implements SourceLimits {
  private static final int MAX_TRIES = 20;
  private static final LimitRule OF_ALL = LimitRule.LOGIN_NETWORK;
  private static final LimitRule OF_ONE = LimitRule.LOGIN_ADDRESS;
  private static final String FROM = "from-";

  private final DynamoDbClient dynamo;
  private final String table;

  public DynamoSourceLimits(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Optional<Instant> take(Source source, Instant now) {
    var mine = from(source);
    var time = times(List.of(now.toEpochMilli()));
    var one =
        on(source)
            .append("taken", time)
            .append(mine, time)
            .set("purge_at", purgeAt(now.plus(OF_ALL.window())))
            .add("writes", 1)
            .when(all(Condition.room("taken", OF_ALL.max()), Condition.room(mine, OF_ONE.max())));
    for (var tries = 0; tries < MAX_TRIES; tries++) {
      if (!(one.run(dynamo) instanceof Refused(var standing))) {
        return Optional.empty();
      }
      var full = standing.orElseThrow();
      var room = room(source, full, now);
      if (room.isPresent()) {
        return room;
      }
      clear(source, full, now);
    }
    return Optional.of(now.plus(OF_ALL.window())); // others kept taking: closed
  }

  /// When both have room again; empty: now.
  private static Optional<Instant> room(Source source, Item item, Instant now) {
    return Stream.of(
            OF_ALL.room(item.numbers("taken"), now), OF_ONE.room(item.numbers(from(source)), now))
        .flatMap(Optional::stream)
        .max(Instant::compareTo);
  }

  /// Leaves what counts, of every address. `writes` tells of each write that knows of it; `taken`
  /// of the others, of a version that kept no addresses and may run beside this one for a while.
  private void clear(Source source, Item item, Instant now) {
    var taken = item.numbers("taken");
    var change =
        on(source)
            .set("taken", times(OF_ALL.counting(taken, now)))
            .add("writes", 1)
            .when(
                all(
                    equal("taken", times(taken)),
                    item.optionalNumber("writes")
                        .map(writes -> equal("writes", n(writes)))
                        .orElseGet(() -> absent("writes"))));
    for (var name : item.names()) {
      if (name.startsWith(FROM)) {
        var counting = OF_ONE.counting(item.numbers(name), now);
        change.setOrRemove(
            name, Optional.of(counting).filter(left -> !left.isEmpty()).map(Item::times));
      }
    }
    change.run(dynamo); // refused: somebody else has cleared it, or taken one
  }

  /// One that was taken at that moment is as good as another.
  @Override
  public void giveBack(Source source, Instant now) {
    var mine = from(source);
    var time = n(now);
    var inAll = 0; // where they lie when nobody else is about
    var inMine = 0;
    var alone = true;
    // each try that fails means that somebody else's was done, and there are no more than fit in
    for (var tries = 0; tries < 2 * OF_ALL.max(); tries++) {
      var back = on(source).removeAt("taken", inAll).add("writes", 1);
      var there = elementEqual("taken", inAll, time);
      if (alone) { // leaves no empty list
        back.remove(mine).when(all(there, equal(mine, times(List.of(now.toEpochMilli())))));
      } else {
        back.removeAt(mine, inMine)
            .when(all(there, elementEqual(mine, inMine, time), several(mine)));
      }
      if (!(back.run(dynamo) instanceof Refused(var standing)) || standing.isEmpty()) {
        return;
      }
      var own = standing.get().numbers(mine);
      inAll = standing.get().numbers("taken").indexOf(now.toEpochMilli());
      inMine = own.indexOf(now.toEpochMilli());
      alone = own.size() == 1;
      if (inAll < 0 || inMine < 0) {
        return; // cleared away
      }
    }
  }

  private Change on(Source source) {
    return Change.of(table, key(source));
  }

  private static String from(Source source) {
    return FROM + source.address();
  }

  private static Map<String, AttributeValue> key(Source source) {
    return Map.of("limit_key", s(OF_ALL.key(source.network())));
  }
}

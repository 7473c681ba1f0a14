package org.studygate.account;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Under what an account is found by others, in items of its own beside the profile:
/// `account_id=a1… | item=found#name#peeters an | found=name#p | found_key=peeters an`, one a word
/// that the name may begin with, `found#number#…` and `found#mobile#…`. What is not shown has no
/// item, so that nobody who hides is in the way of somebody who does not. An item is written with
/// the profile that it follows from, and believed of nothing: whoever looks reads the profile.
public final class DynamoFound {
  private static final String ITEM = "found#";
  private static final int MOST_WORDS = 8;
  private static final int MOST_NUMBERS = 10;

  private DynamoFound() {}

  /// What is written for an account that is new, or was there before this was kept.
  public static Transaction writing(String table, Account account, Transaction together) {
    return changing(table, account, account, together);
  }

  /// What is written when a profile changes.
  public static Transaction changing(
      String table, Account before, Account after, Transaction together) {
    var wanted = rows(after.id(), Shown.whenUnlocked(after));
    var gone = new LinkedHashSet<>(possible(before));
    gone.removeAll(wanted);
    wanted.forEach(row -> together.put("found", table, row.attributes()));
    gone.forEach(row -> together.delete("found no more", table, row.key()));
    return together;
  }

  /// Whatever may stand there now, by whichever switches.
  private static Set<Row> possible(Account account) {
    var everything = new Account.Privacy(true, true, true);
    return rows(
        account.id(),
        Shown.whenUnlocked(
            account.with(Account.State.ACTIVE, account.physicianNumbers(), everything)));
  }

  private static Set<Row> rows(String account, Optional<Shown> shown) {
    var rows = new LinkedHashSet<Row>();
    shown.ifPresent(
        one -> {
          for (var turned : turned(one.name().key())) {
            rows.add(new Row(account, "name", Found.name(turned), turned));
          }
          one.numbers().stream()
              .limit(MOST_NUMBERS)
              .map(Found::number)
              .filter(number -> !number.isEmpty())
              .forEach(number -> rows.add(new Row(account, Found.NUMBER, Found.NUMBER, number)));
          one.mobile()
              .map(Found::mobile)
              .filter(mobile -> !mobile.isEmpty())
              .ifPresent(mobile -> rows.add(new Row(account, Found.MOBILE, Found.MOBILE, mobile)));
        });
    return rows;
  }

  /// `van damme dirk`, `damme dirk van`, `dirk van damme`: however somebody begins.
  private static List<String> turned(String key) {
    var words = List.of(key.split(" "));
    var all = new ArrayList<String>();
    for (var from = 0; from < Math.min(words.size(), MOST_WORDS); from++) {
      var behind = words.subList(from, words.size()).stream();
      all.add(String.join(" ", Stream.concat(behind, words.subList(0, from).stream()).toList()));
    }
    return all.stream().filter(one -> !one.isEmpty()).distinct().toList();
  }

  private record Row(String account, String kind, String found, String foundKey) {
    String item() {
      return ITEM + kind + '#' + foundKey;
    }

    Map<String, AttributeValue> key() {
      return DynamoAccounts.key(account, item());
    }

    Map<String, AttributeValue> attributes() {
      return Item.write()
          .put("account_id", account)
          .put("item", item())
          .put("found", found)
          .put("found_key", foundKey)
          .attributes();
    }

    @Override
    public String toString() {
      return "Row[" + account + "]";
    }
  }
}

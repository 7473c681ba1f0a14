package org.studygate.account;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Under what an account is found by others, in items of its own beside the profile:
/// `account_id=a1… | item=found#name#peeters an | found=name#p | found_key=peeters an`, one a word
/// that the name may begin with ([Found#turned]), `found#number#…` and `found#mobile#…`. What is
/// not shown has no item, so that nobody who hides is in the way of somebody who does not. An item
/// is written with the profile that it follows from, and believed of nothing: whoever looks reads
/// the profile.
public final class DynamoFound {
  static final String ITEM = "found#";

  private static final int MOST_NUMBERS = 10;

  private DynamoFound() {}

  /// What is written for an account that is new.
  public static Transaction writing(String table, Account account, Transaction together) {
    return changing(table, account, account, together);
  }

  /// What is written when a profile changes.
  public static Transaction changing(
      String table, Account before, Account after, Transaction together) {
    return writing(table, after, possible(before), together);
  }

  /// Likewise for one that was there before this was kept, or kept so.
  ///
  /// @param items what is there of it now
  static Transaction writing(
      String table, Account account, Collection<String> items, Transaction together) {
    var wanted = rows(account.id(), Shown.whenUnlocked(account));
    var gone = new LinkedHashSet<>(items);
    wanted.forEach(row -> gone.remove(row.item()));
    wanted.forEach(row -> together.put("found", table, row.attributes()));
    gone.forEach(
        item -> together.delete("found no more", table, DynamoAccounts.key(account.id(), item)));
    return together;
  }

  /// Whatever may stand there now, by whichever switches.
  private static List<String> possible(Account account) {
    var everything = new Account.Privacy(true, true, true);
    var open = account.with(Account.State.ACTIVE, account.physicianNumbers(), everything);
    return rows(account.id(), Shown.whenUnlocked(open)).stream().map(Row::item).toList();
  }

  private static Set<Row> rows(String account, Optional<Shown> shown) {
    var rows = new LinkedHashSet<Row>();
    shown.ifPresent(
        one -> {
          for (var turned : Found.turned(one.name().family(), one.name().given())) {
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

  private record Row(String account, String kind, String found, String foundKey) {
    String item() {
      return ITEM + kind + '#' + foundKey;
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

package org.studygate.account;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.studygate.dynamo.Condition.absent;
import static org.studygate.dynamo.Condition.all;
import static org.studygate.dynamo.Condition.equal;
import static org.studygate.dynamo.Condition.exists;
import static org.studygate.dynamo.Item.s;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `group_id=g1… | item=group | name | primary | admins | mail_on_share`, and beside it
/// `item=member#a1… | admin | confirmed_at`. Which groups somebody is in stands on the account.
/// One that others find has `found` and `found_key` besides, and so a place in `ByFound`; beside it
/// lie `item=found#linde groepspraktijk de | found | found_key`, one a further word that the name
/// may begin with. One that is its members' own business has none of them.
public final class DynamoGroups implements Groups {
  private static final String GROUP = "group";
  private static final String MEMBER = "member#";
  private static final String FOUND = "found#";

  private final DynamoDbClient dynamo;
  private final Tables tables;

  public record Tables(String groups, String accounts) {}

  public DynamoGroups(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public Optional<Group> find(String id) {
    return group(items(id));
  }

  private static Optional<Group> group(List<Item> items) {
    var members =
        items.stream()
            .filter(item -> item.text("item").startsWith(MEMBER))
            .map(DynamoGroups::member)
            .toList();
    return items.stream()
        .filter(item -> item.text("item").equals(GROUP))
        .findFirst()
        .map(item -> group(item, members));
  }

  private List<Item> items(String group) {
    return dynamo
        .queryPaginator(
            request ->
                request
                    .tableName(tables.groups())
                    .consistentRead(true)
                    .keyConditionExpression("group_id = :group")
                    .expressionAttributeValues(Map.of(":group", s(group))))
        .items()
        .stream()
        .map(Item::of)
        .toList();
  }

  /// What was written before it was asked has a place nowhere, and mails its primary contact.
  private static Group group(Item item, List<Group.Member> members) {
    return new Group(
        item.text("group_id"),
        item.text("name"),
        item.text("primary"),
        item.has("found"),
        item.optionalText("mail_on_share")
            .map(Group.MailOnShare::of)
            .orElse(Group.MailOnShare.PRIMARY),
        members);
  }

  @Override
  public Map<String, String> names(Set<String> groups) {
    var keys = groups.stream().map(DynamoGroups::group).toList();
    return new BatchRead()
        .get(tables.groups(), keys).run(dynamo).getOrDefault(tables.groups(), List.of()).stream()
            .collect(toMap(item -> item.text("group_id"), item -> item.text("name")));
  }

  @Override
  public boolean create(Group group) {
    var transaction = new Transaction().putNew("group", tables.groups(), item(group), "group_id");
    for (var member : group.members()) {
      transaction
          .put("member " + member.account(), tables.groups(), item(group.id(), member))
          .change(
              "account " + member.account(),
              DynamoAccounts.joining(tables.accounts(), member.account(), group.id()));
    }
    beside(group).forEach(place -> transaction.put("found", tables.groups(), place.attributes()));
    return transaction.commit(dynamo).done();
  }

  /// Writes once more under what a group is found, as it stands at this moment. `false` if it is
  /// not there.
  public boolean refind(String id) {
    while (true) {
      var items = items(id);
      var group = group(items);
      if (group.isEmpty()) {
        return false;
      }
      if (refinding(group.get(), items).commit(dynamo).done()) {
        return true;
      }
    }
  }

  private Transaction refinding(Group group, List<Item> items) {
    var transaction = new Transaction();
    var named = equal("name", s(group.name()));
    var key = group(group.id());
    places(group)
        .limit(1)
        .map(
            first ->
                Change.of(tables.groups(), key)
                    .set("found", first.found())
                    .set("found_key", first.foundKey())
                    .when(all(named, exists("found"))))
        .forEach(change -> transaction.change("group", change));
    if (!group.publicly()) {
      transaction.check("group", tables.groups(), key, all(named, absent("found")));
    }
    var gone =
        items.stream()
            .map(item -> item.text("item"))
            .filter(item -> item.startsWith(FOUND))
            .collect(toCollection(LinkedHashSet::new));
    for (var place : beside(group)) {
      transaction.put("found", tables.groups(), place.attributes());
      gone.remove(place.item());
    }
    gone.forEach(
        item -> transaction.delete("found no more", tables.groups(), key(group.id(), item)));
    return transaction;
  }

  /// Of the item called `group`.
  public static Map<String, AttributeValue> group(String group) {
    return key(group, GROUP);
  }

  /// A change of what is known of a member, as a step of somebody else's transaction.
  public static Change changingMember(String table, String group, String account) {
    return Change.of(table, key(group, MEMBER + account));
  }

  private static Map<String, AttributeValue> key(String group, String item) {
    return Map.of("group_id", s(group), "item", s(item));
  }

  private static Map<String, AttributeValue> item(Group group) {
    var item =
        Item.write()
            .put("group_id", group.id())
            .put("item", GROUP)
            .put("name", group.name())
            .put("primary", group.primary())
            .put("admins", group.members().stream().filter(Group.Member::admin).count())
            .put("mail_on_share", group.mailOnShare().code());
    places(group)
        .limit(1)
        .forEach(place -> item.put("found", place.found()).put("found_key", place.foundKey()));
    return item.attributes();
  }

  /// Each word in front once, the name as it is first: that one is on the group itself.
  private static Stream<Place> places(Group group) {
    return Stream.of(group)
        .filter(Group::publicly)
        .flatMap(one -> Found.turned(one.name()).stream())
        .map(turned -> new Place(group.id(), Found.name(turned), turned));
  }

  private static List<Place> beside(Group group) {
    return places(group).skip(1).toList();
  }

  private record Place(String group, String found, String foundKey) {
    String item() {
      return FOUND + foundKey;
    }

    Map<String, AttributeValue> attributes() {
      return Item.write()
          .put("group_id", group)
          .put("item", item())
          .put("found", found)
          .put("found_key", foundKey)
          .attributes();
    }
  }

  private static Map<String, AttributeValue> item(String group, Group.Member member) {
    var item =
        Item.write()
            .put("group_id", group)
            .put("item", MEMBER + member.account())
            .put("admin", member.admin());
    member.confirmedAt().ifPresent(at -> item.put("confirmed_at", at));
    return item.attributes();
  }

  private static Group.Member member(Item item) {
    return new Group.Member(
        item.text("item").substring(MEMBER.length()),
        item.flag("admin"),
        item.optionalTime("confirmed_at"));
  }
}

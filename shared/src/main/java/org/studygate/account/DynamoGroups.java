package org.studygate.account;

import static java.util.stream.Collectors.toMap;
import static org.studygate.dynamo.Item.s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.studygate.dynamo.BatchRead;
import org.studygate.dynamo.Change;
import org.studygate.dynamo.Item;
import org.studygate.dynamo.Transaction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `group_id=g1… | item=group | name | primary | admins | mail_on_share`, and beside it
/// `item=member#a1… | admin | confirmed_at`. Which groups somebody is in stands on the account.
/// One that others find has `found` and `found_key` besides, and so a place in `ByFound`.
public final class DynamoGroups implements Groups {
  private static final String GROUP = "group";
  private static final String MEMBER = "member#";

  private final DynamoDbClient dynamo;
  private final Tables tables;

  public record Tables(String groups, String accounts) {}

  public DynamoGroups(DynamoDbClient dynamo, Tables tables) {
    this.dynamo = dynamo;
    this.tables = tables;
  }

  @Override
  public Optional<Group> find(String id) {
    var members = new ArrayList<Group.Member>();
    Item group = null;
    for (var found :
        dynamo
            .queryPaginator(
                request ->
                    request
                        .tableName(tables.groups())
                        .consistentRead(true)
                        .keyConditionExpression("group_id = :group")
                        .expressionAttributeValues(Map.of(":group", s(id))))
            .items()) {
      var item = Item.of(found);
      if (item.text("item").equals(GROUP)) {
        group = item;
      } else {
        members.add(member(item));
      }
    }
    return Optional.ofNullable(group).map(item -> group(item, members));
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
  public List<String> called(String beginning, int most) {
    var key = Account.Name.key(beginning);
    return dynamo
        .query(
            request ->
                request
                    .tableName(tables.groups())
                    .indexName("ByFound")
                    .keyConditionExpression("#found = :found AND begins_with(found_key, :key)")
                    .expressionAttributeNames(Map.of("#found", "found"))
                    .expressionAttributeValues(Map.of(":found", s(Found.name(key)), ":key", s(key)))
                    .limit(most))
        .items()
        .stream()
        .map(item -> Item.of(item).text("group_id"))
        .toList();
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
    return transaction.commit(dynamo).done();
  }

  /// Of the item called `group`.
  public static Map<String, AttributeValue> group(String group) {
    return Map.of("group_id", s(group), "item", s(GROUP));
  }

  /// A change of what is known of a member, as a step of somebody else's transaction.
  public static Change changingMember(String table, String group, String account) {
    return Change.of(table, Map.of("group_id", s(group), "item", s(MEMBER + account)));
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
    if (group.publicly()) {
      item.put("found", Found.name(group.name())).put("found_key", Account.Name.key(group.name()));
    }
    return item.attributes();
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

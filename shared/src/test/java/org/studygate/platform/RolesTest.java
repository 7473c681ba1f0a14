package org.studygate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.studygate.local.template.Template;
import org.studygate.platform.RoleCheck.Needed;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class RolesTest {
  private static final String VIEW = "org.studygate.studyview.StudyViewHandler";
  private static final String NOTIFY = "org.studygate.notify.NotifyHandler";
  private static final String HOUSEKEEPING = "org.studygate.housekeeping.HousekeepingHandler";

  private final Roles roles = new Roles(Template.ofProject());

  @Test
  void aRoleAllowsWhatItSaysAndNothingElse() {
    assertThat(roles.allows(VIEW, "dynamodb:Query", "StudiesTable")).contains(true);
    assertThat(roles.allows(VIEW, "dynamodb:UpdateItem", "StudiesTable")).contains(false);
    assertThat(roles.allows(VIEW, "dynamodb:Query", "ReferencesTable")).contains(false);
  }

  @Test
  void anIndexAndItsTableAreTwoThings() {
    assertThat(roles.allows(HOUSEKEEPING, "dynamodb:Query", "StudiesTable/index/ByDue"))
        .contains(true);
    assertThat(roles.allows(HOUSEKEEPING, "dynamodb:Query", "StudiesTable")).contains(false);
  }

  @Test
  void objectsAreTakenByTheBeginningOfTheirKey() {
    assertThat(roles.allows(VIEW, "s3:GetObject", "studygate-studies/p10/noord/1/2.dcm"))
        .contains(true);
    assertThat(roles.allows(VIEW, "s3:GetObject", "studygate-studies/aside/noord/1"))
        .contains(false);
    assertThat(roles.allows(VIEW, "s3:GetObject", "studygate-inbox/p10/noord/1")).contains(false);
  }

  @Test
  void aDenialWins() {
    assertThat(roles.allows(NOTIFY, "sns:Publish", "phone")).contains(true);
    assertThat(roles.allows(NOTIFY, "sns:Publish", "sns:arn:aws:sns:eu-central-1:1:topic"))
        .contains(false);
    assertThat(roles.allows(NOTIFY, "ses:SendEmail", "ses:")).contains(true);
  }

  @Test
  void handlersOfTestsHaveNoRole() {
    assertThat(roles.allows("org.studygate.http.SomeHandler", "dynamodb:Scan", "StudiesTable"))
        .isEqualTo(Optional.empty());
  }

  @Test
  void aPutThatCouldReplaceAnEventOfTheTrailIsSeen() {
    var put = PutItemRequest.builder().tableName("AuditTable");
    assertThat(RoleCheck.replacesAnEvent(put.build())).isTrue();
    assertThat(
            RoleCheck.replacesAnEvent(
                put.conditionExpression("attribute_not_exists(event_key)").build()))
        .isFalse();
    var other = PutItemRequest.builder().tableName("OutboxTable").build();
    assertThat(RoleCheck.replacesAnEvent(other)).isFalse();
    var step =
        TransactWriteItem.builder().put(one -> one.tableName("AuditTable").item(Map.of())).build();
    var transaction = TransactWriteItemsRequest.builder().transactItems(step).build();
    assertThat(RoleCheck.replacesAnEvent(transaction)).isTrue();
  }

  @Test
  void callsAreToldInTheWordsOfIam() {
    assertThat(
            RoleCheck.needed(
                "DynamoDb", "GetItem", GetItemRequest.builder().tableName("Some").build()))
        .containsExactly(new Needed("dynamodb:GetItem", "Some"));
    assertThat(
            RoleCheck.needed(
                "DynamoDb",
                "Query",
                QueryRequest.builder().tableName("Some").indexName("ByDue").build()))
        .containsExactly(new Needed("dynamodb:Query", "Some/index/ByDue"));
    assertThat(
            RoleCheck.needed(
                "DynamoDb",
                "TransactWriteItems",
                TransactWriteItemsRequest.builder()
                    .transactItems(
                        List.of(
                            TransactWriteItem.builder().put(put -> put.tableName("One")).build(),
                            TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName("Two"))
                                .build()))
                    .build()))
        .containsExactly(
            new Needed("dynamodb:PutItem", "One"),
            new Needed("dynamodb:ConditionCheckItem", "Two"));
  }
}

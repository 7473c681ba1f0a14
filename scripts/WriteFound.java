import java.util.HashSet;
import java.util.Map;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.account.DynamoGroups;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Run by `scripts/found`: the store is the one of the functions, so what is written is what they
/// will read. Arguments: the table of accounts, the table of groups.
void main(String[] arguments) {
  var table = arguments[0];
  try (var dynamo = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
    var accounts = new DynamoAccounts(dynamo, table);
    var groups =
        new DynamoGroups(dynamo, new DynamoGroups.Tables(arguments[1], table));
    var ofSomebody = new HashSet<String>();
    var written = 0;
    for (var state : Account.State.values()) {
      var pages =
          dynamo.queryPaginator(
              query ->
                  query
                      .tableName(table)
                      .indexName("ByState")
                      .keyConditionExpression("#state = :state")
                      .expressionAttributeNames(Map.of("#state", "state"))
                      .expressionAttributeValues(Map.of(":state", Item.s(state.code()))));
      for (var item : pages.items()) {
        var id = Item.of(item).text("account_id");
        if (accounts.refind(id)) {
          written++;
        }
        accounts.find(id).map(Account::groups).ifPresent(ofSomebody::addAll);
      }
    }
    var known = ofSomebody.stream().filter(groups::refind).count();
    System.out.println(written + " accounts and " + known + " groups are as they are found");
  } catch (SdkException failed) {
    System.err.println("not all is written: " + failed.getMessage());
    System.exit(1);
  }
}

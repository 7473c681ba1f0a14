import java.util.Map;
import org.studygate.account.Account;
import org.studygate.account.DynamoAccounts;
import org.studygate.dynamo.Item;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Run by `scripts/found`: the store is the one of the functions, so what is written is what they
/// will read. Argument: the table of accounts.
void main(String[] arguments) {
  var table = arguments[0];
  try (var dynamo = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
    var accounts = new DynamoAccounts(dynamo, table);
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
        if (accounts.refind(Item.of(item).text("account_id"))) {
          written++;
        }
      }
    }
    System.out.println(written + " accounts are as they are found");
  } catch (SdkException failed) {
    System.err.println("not all is written: " + failed.getMessage());
    System.exit(1);
  }
}

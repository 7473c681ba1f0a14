import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.studygate.department.DepartmentJson;
import org.studygate.department.DynamoDepartments;
import org.studygate.json.BadJson;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// Run by `scripts/department`: the reader and the store are the ones of the functions, so what is
/// written is what they will read. Arguments: the file, the table, who puts it.
void main(String[] arguments) throws Exception {
  var file = Path.of(arguments[0]);
  try {
    var department = DepartmentJson.read(Files.readString(file));
    if (arguments.length == 1) {
      System.out.println(department.id() + " is valid");
      return;
    }
    try (var dynamo = DynamoDbClient.builder().httpClient(UrlConnectionHttpClient.create()).build()) {
      var changed = new DynamoDepartments(dynamo, arguments[1]).put(department, Instant.now(), arguments[2]);
      System.out.println(department.id() + (changed ? " is in force" : " was in force already"));
    }
  } catch (BadJson wrong) {
    System.err.println(file + ": " + wrong.getMessage());
    System.exit(1);
  } catch (SdkException failed) {
    System.err.println("not written: " + failed.getMessage());
    System.exit(1);
  }
}

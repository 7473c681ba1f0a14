package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoStudiesTest extends StudiesContract {
  @AutoClose private final TestTables tables = TestTables.start();
  private Studies studies;

  @BeforeAll
  void start() {
    studies = new DynamoStudies(tables.client(), "StudiesTable");
  }

  @Override
  protected Studies studies() {
    return studies;
  }

  /// Looking at pictures reads no headers; only building the series does.
  @Test
  void headersLieApartFromInstances() {
    var study = StudyId.of("noord", "1.2.headers");
    var one = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE);
    studies.file(study, one);
    assertThat(items(study, "instance#").getFirst()).doesNotContainKey("header");
    assertThat(items(study, "header#")).hasSize(1);
    assertThat(studies.filed(study, Samples.SERIES).getFirst().headerGz())
        .isEqualTo(one.headerGz());
  }

  /// Of two objects that claim one UID the first is filed, and keeps its own header.
  @Test
  void anotherObjectOfThatUidTakesNoHeaderAway() {
    var study = StudyId.of("noord", "1.2.twice");
    var one = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE);
    var facts = Samples.facts("P-2");
    var other = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE, facts);
    studies.file(study, one);
    var bytes = Samples.like(other.instance(), "ff".repeat(32), 1);
    studies.file(study, new Studies.Filed(bytes, other.at(), new byte[] {9}, Optional.empty()));
    assertThat(studies.filed(study, Samples.SERIES)).hasSize(1);
    assertThat(studies.filed(study, Samples.SERIES).getFirst().headerGz())
        .isEqualTo(one.headerGz());
  }

  @Test
  void aHeaderInAnOlderItemIsRead() {
    var study = StudyId.of("noord", "1.2.older");
    studies.file(study, Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE));
    var older = new HashMap<>(items(study, "instance#").getFirst());
    older.put("header", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {4, 2})));
    var header = items(study, "header#").getFirst();
    tables.client().putItem(put -> put.tableName("StudiesTable").item(older));
    tables
        .client()
        .deleteItem(
            delete ->
                delete
                    .tableName("StudiesTable")
                    .key(Map.of("study_id", header.get("study_id"), "item", header.get("item"))));
    assertThat(studies.filed(study, Samples.SERIES).getFirst().headerGz())
        .isEqualTo(new byte[] {4, 2});
  }

  private List<Map<String, AttributeValue>> items(StudyId study, String prefix) {
    return tables
        .client()
        .query(
            query ->
                query
                    .tableName("StudiesTable")
                    .keyConditionExpression("study_id = :study AND begins_with(#item, :prefix)")
                    .expressionAttributeNames(Map.of("#item", "item"))
                    .expressionAttributeValues(
                        Map.of(
                            ":study",
                            AttributeValue.fromS(study.value()),
                            ":prefix",
                            AttributeValue.fromS(prefix))))
        .items();
  }
}

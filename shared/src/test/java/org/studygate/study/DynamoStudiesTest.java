package org.studygate.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

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

  /// Whatever their headers are, a look at a series of 300 costs the same.
  @Test
  void aLookAtASeriesCostsWhatItsInstancesAre() {
    var random = new Random(300);
    var units = new ArrayList<Double>();
    for (var size : List.of(1, 4 << 10)) {
      var study = StudyId.of("noord", "1.2.of." + size);
      for (var number = 1; number <= 300; number++) {
        var one = Samples.instance(Samples.SERIES, "1.2.3.1." + number, Instance.Kind.IMAGE);
        var header = new byte[size];
        random.nextBytes(header);
        studies.file(study, new Studies.Filed(one.instance(), one.at(), header, Optional.empty()));
      }
      var reading = new Spending();
      assertThat(reading.studies.instances(study, Samples.SERIES)).hasSize(300);
      units.add(reading.spent());
      assertThat(reading.studies.persons(study)).hasSize(1);
      units.add(reading.spent());
      assertThat(reading.studies.filed(study, Samples.SERIES)).hasSize(300);
      System.out.printf(
          "300 instances, headers of %d bytes: %.0f units to look at, %.0f to build%n",
          size, units.getLast(), reading.spent());
    }
    assertThat(units).containsOnly(units.getFirst());
  }

  /// What is found has its header, also when it comes while the series is read.
  @Test
  void whatComesWhileASeriesIsReadIsNotThereWithoutItsHeader() {
    var study = StudyId.of("noord", "1.2.meanwhile");
    var first = Samples.instance(Samples.SERIES, "1.2.3.1.1", Instance.Kind.IMAGE);
    var later = Samples.instance(Samples.SERIES, "1.2.3.1.2", Instance.Kind.IMAGE);
    studies.file(study, first);
    var reading = new Spending();
    reading.afterFirst = () -> studies.file(study, later);
    var found = reading.studies.filed(study, Samples.SERIES);
    assertThat(found).allSatisfy(one -> assertThat(one.headerGz()).isEqualTo(first.headerGz()));
    assertThat(reading.afterFirst).as("something came").isNull();
    assertThat(studies.filed(study, Samples.SERIES)).hasSize(2);
  }

  /// The tables behind a client that counts the units of its queries, and lets something happen
  /// after the first of them.
  private final class Spending implements ExecutionInterceptor {
    private final Studies studies = new DynamoStudies(tables.client(this), "StudiesTable");
    private double units;
    private @Nullable Runnable afterFirst;

    double spent() {
      var spent = units;
      units = 0;
      return spent;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof QueryRequest query
          ? query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build()
          : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof QueryResponse answer) {
        units += answer.consumedCapacity().capacityUnits();
        var then = afterFirst;
        afterFirst = null;
        if (then != null) {
          then.run();
        }
      }
    }
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

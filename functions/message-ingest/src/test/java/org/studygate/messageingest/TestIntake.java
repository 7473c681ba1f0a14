package org.studygate.messageingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.studygate.access.TestHospital;
import org.studygate.department.ReportRule;
import org.studygate.dynamo.TestTables;
import org.studygate.inbox.InboxObject;
import org.studygate.json.Json;
import org.studygate.objects.InMemoryObjects;
import org.studygate.objects.Objects;
import org.studygate.platform.Faults;
import org.studygate.platform.Log;
import org.studygate.platform.Platform;
import org.studygate.platform.TestClock;
import org.studygate.platform.TestPlatform;
import org.studygate.queue.SqsBatch;
import org.studygate.receipt.Receipt;
import org.studygate.receipt.Receipts;
import org.studygate.study.RollUps;
import org.studygate.study.SeriesUid;
import org.studygate.study.StudyId;
import org.studygate.wiring.Stores;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What a department puts into its inbox, worked on by the function; and what comes of it.
final class TestIntake {
  final InMemoryObjects inbox;
  final InMemoryObjects studies;
  final InMemoryObjects quarantine;
  /// Studies of which something was asked.
  final Set<String> asked = new TreeSet<>();

  private final TestTables tables;
  private final TestClock clock;
  private final Log log;
  private final Collection<Receipt> receipts;

  /// @param receipts what the hospital is told comes here
  TestIntake(TestTables tables, TestClock clock, Log log, Collection<Receipt> receipts) {
    this.tables = tables;
    this.clock = clock;
    this.log = log;
    this.receipts = receipts;
    var buckets = new HashMap<String, InMemoryObjects>();
    inbox = new InMemoryObjects(buckets, "inbox");
    studies = new InMemoryObjects(buckets, "studies");
    quarantine = new InMemoryObjects(buckets, "quarantine");
    new TestHospital(tables, clock).department("noord", new ReportRule.AtOnce());
  }

  String tell(String name, String content) throws IOException {
    put(name, content);
    return run(Faults.none(), name);
  }

  void put(String name, String content) {
    inbox.all().put("in/noord/" + name, content.getBytes(StandardCharsets.UTF_8));
  }

  String run(Faults faults, String name) throws IOException {
    return run(faults, faults.wrap(DynamoDbClient.class, tables.client()), name, "01");
  }

  /// @param sequencer S3's, which tells two puts at one moment apart
  String run(Faults faults, DynamoDbClient dynamo, String name, String sequencer)
      throws IOException {
    var base = TestPlatform.of(clock, tables, TestHospital.variables());
    var platform =
        new Platform(base.environment(), clock, base.random(), base.aws(), base.secrets(), log);
    var intake =
        new Wiring(platform)
            .intake(
                new Stores(platform, dynamo),
                faults.wrap(Objects.class, inbox),
                faults.wrap(Objects.class, studies),
                faults.wrap(Objects.class, quarantine),
                faults.wrap(RollUps.class, new Asked(asked)),
                faults.wrap(Receipts.class, receipts::add));
    var object =
        new InboxObject("inbox", "in/noord/" + name, 10, clock.instant(), sequencer, "etag");
    var event = Map.of("Records", List.of(Map.of("messageId", name, "body", object.event())));
    var answer = new ByteArrayOutputStream();
    new MessageIngestHandler(new SqsBatch(log), intake)
        .handle(new ByteArrayInputStream(Json.bytes(event)), answer, () -> Duration.ofMinutes(1));
    return answer.toString(StandardCharsets.UTF_8);
  }

  private record Asked(Set<String> asked) implements RollUps {
    @Override
    public void later(StudyId study, SeriesUid series, long gen) {
      asked.add(study.value());
    }

    @Override
    public void now(StudyId study, SeriesUid series) {
      asked.add(study.value());
    }

    @Override
    public void now(StudyId study) {
      asked.add(study.value());
    }
  }
}

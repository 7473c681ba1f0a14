package org.studygate.study;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/// The same promises on a DynamoDB that neither we nor Amazon wrote: `./test --localstack`. 4.14.0
/// is
/// the last image that asks for no account.
@Tag("localstack")
@Testcontainers(disabledWithoutDocker = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LocalStackStudiesTest extends StudiesContract {
  @Container
  private static final LocalStackContainer AWS =
      new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.14.0"))
          .withServices("dynamodb");

  private TestTables tables;

  @BeforeAll
  void start() throws Exception {
    tables = TestTables.on(AWS.getEndpoint());
  }

  @AfterAll
  void stop() throws Exception {
    tables.close();
  }

  @Override
  protected Studies studies() {
    return new DynamoStudies(tables.client(), "StudiesTable");
  }
}

package org.studygate.study;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DynamoStudiesTest extends StudiesContract {
  private TestTables tables;
  private Studies studies;

  @BeforeAll
  void start() throws Exception {
    tables = TestTables.start();
    studies = new DynamoStudies(tables.client(), "StudiesTable");
  }

  @AfterAll
  void stop() throws Exception {
    tables.close();
  }

  @Override
  protected Studies studies() {
    return studies;
  }
}

package org.studygate.study;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.studygate.dynamo.TestTables;

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
}

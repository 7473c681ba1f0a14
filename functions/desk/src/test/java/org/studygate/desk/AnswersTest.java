package org.studygate.desk;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.studygate.http.TestContract;

/// What is answered is what the contract says.
final class AnswersTest {
  private final TestContract contract = new TestContract();

  @ParameterizedTest
  @CsvSource({
    "ReceiptLine, ReceiptView",
    "DeskOrder, OrderView",
    "HeldStudy, HeldView",
    "JudgedStudy, JudgedView"
  })
  void everyFieldIsTheContracts(String schema, String answer) throws ClassNotFoundException {
    contract.holds(schema, Class.forName(Answers.class.getName() + "$" + answer));
  }
}

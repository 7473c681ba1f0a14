package org.studygate.platform;

/// Secrets of the tests: the same text for every name.
public final class TestSecrets implements Secrets {
  @Override
  public String current(String arn, String field) {
    return "secret of the tests";
  }

  @Override
  public String previous(String arn, String field) {
    return "former secret of the tests";
  }
}

package org.studygate.desk;

/// Addresses of pictures for whoever judges a study: one object each, for a minute.
interface Pictures {
  String at(String key);
}

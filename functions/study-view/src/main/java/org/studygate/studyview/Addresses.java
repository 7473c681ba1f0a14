package org.studygate.studyview;

/// Addresses of single objects, for a short while.
interface Addresses {
  /// A DICOM object, to be kept under `fileName`.
  String dicom(String key, String fileName);

  String picture(String key);

  String film(String key);

  String planes(String key);

  String metadata(String key);

  String video(String key);

  String pdf(String key);

  String contents(String key);
}

package org.studygate.studyview;

import org.studygate.objects.S3Gets;

/// What each kind of object is given out as.
final class S3Addresses implements Addresses {
  private final S3Gets gets;

  S3Addresses(S3Gets gets) {
    this.gets = gets;
  }

  @Override
  public String dicom(String key, String fileName) {
    return gets.address(key, "application/dicom", "attachment; filename=\"" + fileName + "\"");
  }

  @Override
  public String picture(String key) {
    return gets.address(key, "image/jpeg", "inline");
  }

  @Override
  public String film(String key) {
    return gets.address(key, "application/octet-stream", "attachment");
  }

  @Override
  public String planes(String key) {
    return film(key); // bytes of ours alike
  }

  /// As it lies there: packed, and unpacked by whoever reads it.
  @Override
  public String metadata(String key) {
    return gets.address(key, "application/gzip", "attachment");
  }

  @Override
  public String video(String key) {
    return gets.address(key, "video/mp4", "inline");
  }

  @Override
  public String pdf(String key) {
    return gets.address(key, "application/pdf", "inline");
  }

  @Override
  public String contents(String key) {
    return gets.address(key, "application/json", "attachment");
  }
}

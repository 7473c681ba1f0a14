package org.studygate.local.template;

/// @param name the logical one
public record Resource(String name, String type, Value properties) {
  static Resource of(String name, Value resource) {
    return new Resource(name, resource.at("Type").text(), resource.at("Properties"));
  }
}

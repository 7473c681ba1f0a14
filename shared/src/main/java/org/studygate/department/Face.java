package org.studygate.department;

import java.util.List;
import java.util.Optional;

/// What everybody may know of a department.
public record Face(
    String id,
    String name,
    String hospital,
    String phone,
    Optional<String> email,
    Optional<String> address,
    Optional<String> website,
    Optional<String> logo,
    Department.Brand brand,
    List<String> languages,
    String conditionsVersion) {
  public static Face of(Department department) {
    var contact = department.contact();
    return new Face(
        department.id(),
        department.name(),
        department.hospital(),
        contact.phone(),
        contact.email(),
        contact.address(),
        contact.website(),
        department.logo(),
        department.brand(),
        department.languages(),
        department.conditionsVersion());
  }
}

package org.studygate.department;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What everybody may know of a department.
///
/// @param logo where the picture is, as an address of ours
/// @param partialBirthDates whether its patients may sign in with what is known of a date of birth
/// @param statements by kind and language; long, so told of a department and not with everything
///     of it that is shown
/// @param serviceDesk told where the statements are
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
    String conditionsVersion,
    boolean partialBirthDates,
    Optional<Map<String, Map<String, String>>> statements,
    Optional<ServiceDesk> serviceDesk) {
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
        department
            .logo()
            .map(logo -> "/api/departments/" + department.id() + "/logo?v=" + logo.tag()),
        department.brand(),
        department.languages(),
        department.conditionsVersion(),
        department.policy().intake().partialBirthDates(),
        Optional.empty(),
        Optional.empty());
  }

  /// With all that it says of itself.
  public static Face whole(Department department, Optional<ServiceDesk> serviceDesk) {
    var face = of(department);
    return new Face(
        face.id(),
        face.name(),
        face.hospital(),
        face.phone(),
        face.email(),
        face.address(),
        face.website(),
        face.logo(),
        face.brand(),
        face.languages(),
        face.conditionsVersion(),
        face.partialBirthDates(),
        Optional.of(department.statements().written()),
        serviceDesk);
  }
}

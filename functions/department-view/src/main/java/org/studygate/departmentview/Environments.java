package org.studygate.departmentview;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.json.BadJson;
import org.studygate.json.JsonObject;
import org.studygate.platform.Environment;

/// One deployment a country: accounts, numbers and studies exist only in their own. All of them
/// stand in one list, the same in each, and each is told which it is; so pages send people to these
/// addresses and to no other. A list that cannot be read ends the deployment.
///
/// @param here empty where a deployment stands alone
record Environments(Optional<Portal> here, List<Portal> others) {
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

  /// Nothing behind the name, and without TLS only this machine.
  private static final Pattern ORIGIN =
      Pattern.compile("https://[a-z0-9.-]+|http://(127\\.0\\.0\\.1|localhost):[0-9]{2,5}");

  private static final int LONGEST_NAME = 60;

  Environments {
    others = List.copyOf(others);
  }

  /// @param origin `https://` and the name that people type
  record Portal(String country, String name, String origin) {
    Portal {
      require(COUNTRY.matcher(country).matches(), "country must be two capitals");
      require(ORIGIN.matcher(origin).matches(), "origin must be https:// and a name");
    }
  }

  /// What a page is told.
  ///
  /// @param visitor the country that the edge sees the browser in
  record Told(Optional<Here> here, List<Portal> others, Optional<String> visitor) {}

  record Here(String country, String name) {}

  static Environments of(Environment environment) {
    var all =
        environment
            .optional("ALL_ENVIRONMENTS")
            .map(Environments::list)
            .orElseGet(List::<Portal>of);
    var country = environment.optional("OWN_COUNTRY");
    var here = all.stream().filter(one -> country.equals(Optional.of(one.country()))).findFirst();
    require(here.isPresent() || all.isEmpty(), "country is not among them");
    require(all.stream().map(Portal::country).distinct().count() == all.size(), "country twice");
    return new Environments(
        here, all.stream().filter(one -> !here.equals(Optional.of(one))).toList());
  }

  private static List<Portal> list(String text) {
    var json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
    var all = json.objects("environments").stream().map(Environments::portal).toList();
    json.done();
    return all;
  }

  private static Portal portal(JsonObject json) {
    var name =
        json.optionalText("name", LONGEST_NAME)
            .orElseThrow(() -> new BadJson("environments: name is missing"));
    var portal = new Portal(json.string("country"), name, json.string("origin"));
    json.done();
    return portal;
  }

  private static void require(boolean right, String sentence) {
    if (!right) {
      throw new BadJson("environments: " + sentence);
    }
  }

  /// `country` is what the edge says, if it says a country at all.
  Told told(Optional<String> country) {
    return new Told(
        here.map(one -> new Here(one.country(), one.name())),
        others,
        country.filter(COUNTRY.asMatchPredicate()));
  }
}

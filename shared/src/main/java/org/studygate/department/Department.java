package org.studygate.department;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.studygate.i18n.Catalogue;

/// A hospital's radiology department: what it says of itself, and its rules.
///
/// @param languages in which it speaks to patients; the first is its own
/// @param conditionsVersion changes when its conditions of use do, so that they are shown again
public record Department(
    String id,
    String name,
    String hospital,
    Contact contact,
    Optional<Logo> logo,
    Brand brand,
    List<String> languages,
    ZoneId zone,
    String conditionsVersion,
    Policy policy,
    Statements statements) {
  private static final int LONGEST_NAME = 120;
  private static final Pattern CONDITIONS = Pattern.compile("[A-Za-z0-9.-]{1,32}");
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{2,32}");

  public Department {
    if (!isId(id)) {
      throw new IllegalArgumentException("a department's id is 2 to 32 of a-z, 0-9 and -");
    }
    if (languages.isEmpty()) {
      throw new Unfit("languages", "missing", "a department has a name and a language");
    }
    languages = List.copyOf(languages);
    if (!languages.stream().allMatch(Catalogue::speaks)
        || languages.stream().distinct().count() < languages.size()) {
      throw new Unfit("languages", "wrong", "languages are those of the pages, each once");
    }
    if (!CONDITIONS.matcher(conditionsVersion).matches()) {
      throw new Unfit(
          "conditionsVersion", "wrong", "conditionsVersion is of letters, digits and -");
    }
  }

  /// One that has nothing to state.
  public Department(
      String id,
      String name,
      String hospital,
      Contact contact,
      Optional<Logo> logo,
      Brand brand,
      List<String> languages,
      ZoneId zone,
      String conditionsVersion,
      Policy policy) {
    this(
        id,
        name,
        hospital,
        contact,
        logo,
        brand,
        languages,
        zone,
        conditionsVersion,
        policy,
        Statements.NONE);
  }

  /// What it writes of itself is as it may be written now. Whoever reads what is kept asks for
  /// less: a rule may be younger than what it is about.
  Department judged() {
    Wording.line("name", name, LONGEST_NAME);
    Wording.line("hospital", hospital, LONGEST_NAME);
    contact.judge();
    policy.intake().judge();
    return this;
  }

  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Whom a patient calls.
  public record Contact(
      String phone, Optional<String> email, Optional<String> address, Optional<String> website) {
    private static final int LONGEST_PHONE = 40;
    private static final int LONGEST_ADDRESS = 300;

    private void judge() {
      if (!phone.isEmpty()) { // the house itself may have none; a department is read with one
        Wording.line("contact.phone", phone, LONGEST_PHONE);
      }
      email.ifPresent(mail -> Wording.mail("contact.email", mail));
      address.ifPresent(text -> Wording.line("contact.address", text, LONGEST_ADDRESS));
      website.ifPresent(site -> Wording.website("contact.website", site));
    }
  }

  /// Its colour on a light and on a dark page, as `#rrggbb`. Its name is written in it, so it must
  /// be
  /// readable there (WCAG 2.2, 1.4.3).
  public record Brand(String light, String dark) {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");
    private static final String LIGHT_PAGE = "#f5f7f6";
    private static final String DARK_PAGE = "#1f2e32";
    private static final double READABLE = 4.5;

    public Brand {
      if (!COLOUR.matcher(light).matches() || !COLOUR.matcher(dark).matches()) {
        throw new IllegalArgumentException("a colour is # and six hex digits");
      }
      readable("brand.light", light, LIGHT_PAGE);
      readable("brand.dark", dark, DARK_PAGE);
    }

    private static void readable(String field, String colour, String page) {
      if (Contrast.between(colour, page) < READABLE) {
        throw new Unfit(field, "contrast", "a colour is not readable on its page");
      }
    }
  }
}

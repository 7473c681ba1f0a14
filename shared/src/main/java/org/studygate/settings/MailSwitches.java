package org.studygate.settings;

import java.util.Optional;

/// Which mails are to come for a mapping; what is empty stays as it is.
public record MailSwitches(Optional<Boolean> onStudy, Optional<Boolean> onReport) {}

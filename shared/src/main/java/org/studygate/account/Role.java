package org.studygate.account;

/// What somebody is in the own department.
public enum Role {
  ADMIN,
  SERVICE_DESK,
  PHYSICIAN
}

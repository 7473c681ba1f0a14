package org.studygate.study;

import java.util.List;

/// A study with what it shows: series that have pictures, by number, and reports that count.
public record StudyContents(Study study, List<Series> series, List<Report> reports) {}

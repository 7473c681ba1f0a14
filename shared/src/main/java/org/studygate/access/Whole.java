package org.studygate.access;

import java.util.List;
import java.util.Set;
import org.studygate.order.Order;
import org.studygate.study.StudyContents;

/// What there is to be seen of an order by whoever may see all of it.
///
/// @param buckets of its numbers, former ones too
record Whole(Order order, Set<String> buckets, List<StudyContents> studies) {}

/// /api/desk: what the people of a department see and do about what was sent, numbers, payments and
/// studies that fit no order.
@NullMarked
package org.studygate.desk;

import org.jspecify.annotations.NullMarked;

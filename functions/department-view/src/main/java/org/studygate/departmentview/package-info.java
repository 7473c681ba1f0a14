/// GET /api/departments, /api/departments/{id}: what everybody may know of a department; and GET
/// /api/environments, which other countries there are.
@NullMarked
package org.studygate.departmentview;

import org.jspecify.annotations.NullMarked;

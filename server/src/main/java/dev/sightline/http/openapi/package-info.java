/** Describes the control API for programs: OpenAPI 3.1 from what each route promises. Knows no request. */
@NullMarked
package dev.sightline.http.openapi;

import org.jspecify.annotations.NullMarked;

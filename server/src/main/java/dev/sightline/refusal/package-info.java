/** Why somebody cannot have what it asks for, in the same words and with the same status by every transport. */
@NullMarked
package dev.sightline.refusal;

import org.jspecify.annotations.NullMarked;

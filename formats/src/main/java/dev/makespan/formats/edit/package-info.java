/**
 * Writes changes of a plan into its file: comments, order and layout of everything else stay, and
 * what was written is read again before anyone sees it.
 */
@NullMarked
package dev.makespan.formats.edit;

import org.jspecify.annotations.NullMarked;

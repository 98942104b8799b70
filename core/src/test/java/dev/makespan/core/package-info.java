/** What holds for the whole of the core. */
@NullMarked
package dev.makespan.core;

import org.jspecify.annotations.NullMarked;

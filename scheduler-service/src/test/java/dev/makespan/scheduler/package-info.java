/** The service against a real database, and its loop against a journal moved by hand. */
@NullMarked
package dev.makespan.scheduler;

import org.jspecify.annotations.NullMarked;

/**
 * An example of an agent that does work of its own, and of a client that starts many small runs:
 * uploaded pictures become three variants each. {@link UploadWorker} is where to read first.
 */
@NullMarked
package dev.makespan.examples.upload;

import org.jspecify.annotations.NullMarked;

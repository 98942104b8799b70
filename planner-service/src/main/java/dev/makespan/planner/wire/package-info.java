/** What use cases speak of, from and to the messages of the contract. Total: nothing is refused. */
@NullMarked
package dev.makespan.planner.wire;

import org.jspecify.annotations.NullMarked;

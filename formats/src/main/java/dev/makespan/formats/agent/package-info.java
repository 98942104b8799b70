/**
 * The messages of an agent's stream, from and to proto. What comes from outside is checked against
 * named limits here, once; what is wrong with it is a value with a message for its sender.
 */
@NullMarked
package dev.makespan.formats.agent;

import org.jspecify.annotations.NullMarked;

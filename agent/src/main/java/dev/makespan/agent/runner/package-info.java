/**
 * Does tasks with commands: what they are given, what they say while they run, how they end and are
 * ended, and what counts afterwards. Rules stand apart from processes and files.
 */
@NullMarked
package dev.makespan.agent.runner;

import org.jspecify.annotations.NullMarked;

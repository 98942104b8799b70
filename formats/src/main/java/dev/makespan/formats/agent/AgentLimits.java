package dev.makespan.formats.agent;

/** How much one message of an agent's stream may say. */
public final class AgentLimits {

  /** Longest reason, note or other line for people, in UTF-16 units. */
  public static final int MAX_LINE = 4_096;

  /** Longest report of a gate, or reason of a failure that the next attempt is shown. */
  public static final int MAX_REPORT = 65_536;

  /** Most slots of an agent, and so most attempts that it holds. */
  public static final int MAX_SLOTS = 1_000;

  /** Most results that an agent may owe at once: some slots are free before their acks. */
  public static final int MAX_UNACKNOWLEDGED = 10_000;

  public static final int MAX_ROLES = 100;
  public static final int MAX_LABELS = 100;

  /** Most entries of a list in a result: metrics, gates. */
  public static final int MAX_ENTRIES = 1_000;

  /** Longest checkpoint of an attempt, in UTF-16 units. */
  public static final int MAX_CHECKPOINT = 65_536;

  /** Most paths that one request asks for beside the declared ones. */
  public static final int MAX_REQUESTED_FILES = 100;

  /** Largest spec that is said on the stream; a larger one is fetched with GetTaskSpec. */
  public static final int INLINE_SPEC_BYTES = 65_536;

  /** Largest spec that there may be. */
  public static final int MAX_SPEC_BYTES = 16 * 1024 * 1024;

  /** Most files in a result or a progress. */
  public static final int MAX_FILES = 10_000;

  /** Longest key or value of a label, name of a metric, and the like. */
  public static final int MAX_NAME = 256;

  /** Longest path of a file. */
  public static final int MAX_PATH = 1_024;

  private AgentLimits() {}
}

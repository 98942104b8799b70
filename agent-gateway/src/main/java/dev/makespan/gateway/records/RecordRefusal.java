package dev.makespan.gateway.records;

/**
 * Why something is not kept or not read.
 *
 * @param reason for people: what was expected and what was there
 */
public record RecordRefusal(Kind kind, String reason) {

  /** What its caller can do about it. */
  public enum Kind {
    /** It makes no sense. */
    MALFORMED,
    /** The session does not hold the attempt, as far as is known here. */
    NOT_HELD,
    /** A chunk is missing before this. */
    GAP,
    /** The log has its last chunk. */
    CLOSED,
    /** A newer stream does the same. */
    REPLACED,
    /** The content is not what was declared. */
    NOT_AS_DECLARED,
    /** The name has other content. */
    OTHER_CONTENT,
    /** More than is kept. */
    TOO_MUCH,
    /** There is none. */
    ABSENT,
    /** The store has no links. */
    NO_LINKS,
    /** The store does not answer. */
    STORE_AWAY
  }
}

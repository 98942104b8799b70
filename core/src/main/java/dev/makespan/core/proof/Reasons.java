package dev.makespan.core.proof;

/** Why a bound was raised, in one int: where to ask, and for what. 0 is a decision. */
final class Reasons {

  static final int DIFFERENCE = 1;
  static final int NOGOOD = 2;
  static final int SAID = 3;

  private Reasons() {}

  static int difference(int e) {
    return e << 2 | DIFFERENCE;
  }

  static int nogood(int place) {
    return place << 2 | NOGOOD;
  }

  static int said(int place) {
    return place << 2 | SAID;
  }

  static int kind(int reason) {
    return reason & 3;
  }

  static int place(int reason) {
    return reason >>> 2;
  }
}

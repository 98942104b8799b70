package dev.makespan.core.schedule;

/** Looks on while a curve is drawn, and may end it. */
public interface CurveWatch extends SearchWatch {

  /** Nobody looks on. */
  CurveWatch NONE = () -> false;

  /** The next point is known. */
  default void reached(AgentCurve.Point point) {}
}

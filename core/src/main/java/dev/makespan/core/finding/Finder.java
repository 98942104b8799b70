package dev.makespan.core.finding;

import java.util.List;

/** Looks for findings of some kinds. */
interface Finder {

  /** In any order; the same scope gives the same findings. */
  List<Finding> find(Scope scope);
}

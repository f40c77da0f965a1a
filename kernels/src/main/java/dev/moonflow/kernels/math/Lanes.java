package dev.moonflow.kernels.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shape of this machine.
 *
 * <p>Results never depend on it: kernels work on panels of {@value #PANEL} outputs, each lane one
 * output, and walk a panel in as many vectors as it takes.
 */
final class Lanes {
  /** Outputs in a panel; a multiple of every vector width in use. */
  static final int PANEL = 16;

  /** The widest float vectors of this machine that fit a panel. */
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() <= PANEL
          ? FloatVector.SPECIES_PREFERRED
          : FloatVector.SPECIES_512;

  /** Ints of the same shape. */
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /** Floats in one vector: 16, 8, 4 or 2. */
  static final int WIDTH = FLOATS.length();

  private Lanes() {}

  /** Panels that cover {@code outputs}. */
  static int panels(int outputs) {
    return (outputs + PANEL - 1) / PANEL;
  }
}

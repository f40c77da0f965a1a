package dev.moonflow.jobs.cli.doctor;

import jdk.incubator.vector.FloatVector;

/**
 * How wide this machine's vectors are; a class of its own, so that it loads only where they are.
 */
final class VectorWidth {
  private VectorWidth() {}

  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}

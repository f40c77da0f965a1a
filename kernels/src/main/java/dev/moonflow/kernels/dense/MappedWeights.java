package dev.moonflow.kernels.dense;

/**
 * Packed weights and what vectors are loaded from.
 *
 * @param packed the weights
 * @param memory as {@link MappedVectors#ints} takes it
 */
record MappedWeights(PackedWeights packed, Object memory) {
  static MappedWeights of(PackedWeights packed) {
    return new MappedWeights(packed, MappedVectors.memory(packed.bytes()));
  }
}

package dev.moonflow.kernels.packing;

/**
 * What a device needs of a {@link PackingSpec}, computed once on the host.
 *
 * @param pixels [3, 256] normalised byte values
 * @param rope cosines and sines by position
 */
record SpecTables(PackingSpec spec, float[] pixels, RopeTable rope) {

  static SpecTables of(PackingSpec spec) {
    return new SpecTables(
        spec,
        PixelTable.of(spec.mean(), spec.std()),
        RopeTable.of(spec.headDim(), spec.ropeTheta()));
  }

  /** Whether these are the tables of that spec; specs are told apart by their arrays' identity. */
  boolean serves(PackingSpec other) {
    return spec.patchSize() == other.patchSize()
        && spec.mean() == other.mean()
        && spec.std() == other.std()
        && spec.headDim() == other.headDim()
        && spec.ropeTheta() == other.ropeTheta()
        && spec.positions().equals(other.positions());
  }
}

package dev.moonflow.jobs.perceive;

import java.util.List;

/**
 * The features of a request's images in state.
 *
 * @param modelFingerprint of the model that computed them; worth nothing to another
 * @param rows of each image in order, [M_i, H] each
 */
record StoredFeatures(String modelFingerprint, List<float[]> rows) {
  StoredFeatures {
    rows = List.copyOf(rows);
  }
}

package dev.moonflow.training.stage.vit;

import dev.moonflow.training.batch.Example;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.network.ImagePatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images and what is said of each.
 *
 * @param images n, of any sizes
 * @param captions n, ids of what is learnt of each example, its end token last
 */
record VitBatch(List<ImagePatches> images, List<int[]> captions) {

  /** The examples of a micro-batch; each must have exactly one image. */
  static VitBatch of(MicroBatch batch) {
    List<int[]> captions = new ArrayList<>();
    for (Example example : batch.examples()) {
      if (example.images().size() != 1) {
        throw new IllegalArgumentException(
            "example %s has %d images; the tower is trained on one image and its text"
                .formatted(example.id(), example.images().size()));
      }
      int[] caption = new int[example.length()];
      int count = 0;
      for (int t = 0; t < example.length(); t++) {
        if (example.weights()[t] > 0) {
          caption[count++] = example.tokens()[t];
        }
      }
      captions.add(Arrays.copyOf(caption, count));
    }
    return new VitBatch(batch.packed().images(), captions);
  }

  /** n. */
  int count() {
    return captions.size();
  }

  /** First patch of each image, then L. */
  int[] patchStarts() {
    int[] starts = new int[images.size() + 1];
    for (int i = 0; i < images.size(); i++) {
      starts[i + 1] = starts[i] + images.get(i).patches();
    }
    return starts;
  }
}

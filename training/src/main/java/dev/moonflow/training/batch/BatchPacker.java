package dev.moonflow.training.batch;

import dev.moonflow.training.network.ImagePatches;
import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays examples one after another into a batch, without padding (SPEC section 12.5). */
public final class BatchPacker {
  private final PackingSettings settings;
  private final ImageLoader images;

  /** A packer. */
  public BatchPacker(PackingSettings settings, ImageLoader images) {
    this.settings = settings;
    this.images = images;
  }

  /**
   * The examples as one batch, images decoded.
   *
   * @throws SampleException if an image whose header was good cannot be decoded: the examples of a
   *     batch are settled before, on every rank alike, so it cannot be left out here
   */
  public MicroBatch pack(List<Example> examples) {
    int length = examples.stream().mapToInt(Example::length).sum();
    int[] tokens = new int[length];
    int[] positions = new int[length];
    float[] weights = new float[length];
    int[] starts = new int[examples.size() + 1];
    int segments = 0;
    int at = 0;
    boolean joinable = false;
    List<ImagePatches> patches = new ArrayList<>();
    for (Example example : examples) {
      int open = segments == 0 ? 0 : at - starts[segments - 1];
      boolean joins =
          joinable
              && !example.conversation()
              && open + example.length() <= settings.contextTokens();
      if (!joins) {
        starts[segments++] = at;
      }
      joinable = settings.joinDocuments() && !example.conversation();
      System.arraycopy(example.tokens(), 0, tokens, at, example.length());
      System.arraycopy(example.weights(), 0, weights, at, example.length());
      int begin = starts[segments - 1];
      for (int t = at; t < at + example.length(); t++) {
        positions[t] = t - begin;
      }
      weights[begin] = 0f; // nothing stands before it to predict it from
      at += example.length();
      example.images().forEach(media -> patches.add(load(example, media)));
    }
    starts[segments] = length;
    return new MicroBatch(
        examples,
        new PackedBatch(tokens, positions, Arrays.copyOf(starts, segments + 1), weights, patches));
  }

  private ImagePatches load(Example example, Example.Media media) {
    try {
      return images.load(example.id(), media.image());
    } catch (RefusedExampleException e) {
      throw new SampleException(e.getMessage(), e);
    }
  }
}

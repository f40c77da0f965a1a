package dev.moonflow.training.stage.rl;

import dev.moonflow.training.batch.ImageLoader;
import dev.moonflow.training.batch.PackingSettings;
import dev.moonflow.training.batch.RefusedExampleException;
import dev.moonflow.training.network.ImagePatches;
import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.rollout.Prompt;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/** Rollouts to micro-batches: in order, each closed by the first one that would not fit. */
final class RolloutPacker {
  private final PackingSettings settings;
  private final ImageLoader images;
  private final Function<String, Sample> samples;

  /**
   * A packer.
   *
   * @param samples by id
   */
  RolloutPacker(PackingSettings settings, ImageLoader images, Function<String, Sample> samples) {
    this.settings = settings;
    this.images = images;
    this.samples = samples;
  }

  List<RolloutBatch> pack(List<Rollout> rollouts) {
    List<RolloutBatch> batches = new ArrayList<>();
    List<Rollout> open = new ArrayList<>();
    List<ImagePatches> openImages = new ArrayList<>();
    int tokens = 0;
    int patches = 0;
    for (Rollout rollout : rollouts) {
      List<ImagePatches> own = images(samples.apply(rollout.sample()));
      int ownPatches = own.stream().mapToInt(ImagePatches::patches).sum();
      boolean full =
          tokens + rollout.length() > settings.batchTokens()
              || patches + ownPatches > settings.batchPatches();
      if (full && !open.isEmpty()) {
        batches.add(batch(open, openImages));
        open.clear();
        openImages.clear();
        tokens = 0;
        patches = 0;
      }
      open.add(rollout);
      openImages.addAll(own);
      tokens += rollout.length();
      patches += ownPatches;
    }
    if (!open.isEmpty()) {
      batches.add(batch(open, openImages));
    }
    return batches;
  }

  private List<ImagePatches> images(Sample sample) {
    List<ImagePatches> patches = new ArrayList<>();
    for (Part part : Prompt.asked(sample)) {
      if (part instanceof Part.Image image) {
        try {
          patches.add(images.load(sample.id(), image));
        } catch (RefusedExampleException e) {
          throw new SampleException(e.getMessage(), e);
        }
      }
    }
    return patches;
  }

  private static RolloutBatch batch(List<Rollout> rollouts, List<ImagePatches> images) {
    int length = rollouts.stream().mapToInt(Rollout::length).sum();
    int[] tokens = new int[length];
    int[] positions = new int[length];
    float[] weights = new float[length];
    int[] starts = new int[rollouts.size() + 1];
    BitSet generated = new BitSet();
    int at = 0;
    for (int r = 0; r < rollouts.size(); r++) {
      Rollout rollout = rollouts.get(r);
      int prompt = rollout.prompt().length;
      System.arraycopy(rollout.prompt(), 0, tokens, at, prompt);
      System.arraycopy(rollout.tokens(), 0, tokens, at + prompt, rollout.tokens().length);
      for (int i = 0; i < rollout.length(); i++) {
        positions[at + i] = i;
        weights[at + i] = i < prompt ? 0 : 1;
      }
      generated.set(at + prompt, at + rollout.length());
      at += rollout.length();
      starts[r + 1] = at;
    }
    return new RolloutBatch(
        rollouts, new PackedBatch(tokens, positions, starts, weights, images, generated));
  }
}

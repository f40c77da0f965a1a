package dev.moonflow.training.network;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Ops;
import dev.moonflow.training.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/** A model of a few thousand weights and a batch with images and several segments. */
final class TinyModels {
  static final int MEDIA = 9;

  private TinyModels() {}

  static KimiVlConfig config() {
    VisionConfig vision = new VisionConfig(16, 2, 2, 24, 14, 3, 5, 2);
    TextConfig text =
        new TextConfig(
            24, 16, 3, 2, 8, 6, 4, 5, 20, 12, 6, 2, 1, 1, 1, true, 2.446f, 800_000, 1e-5f, 1, 512,
            false);
    return new KimiVlConfig(vision, text, MEDIA);
  }

  /** Moves every value, also biases and norms, so that no gradient is special. */
  static void roughen(Parameters parameters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (NoGradient off = new NoGradient()) {
      if (off == null) {
        throw new AssertionError();
      }
      for (String name : parameters.names()) {
        Tensor parameter = parameters.get(name);
        double[] noise = new double[(int) parameter.numel()];
        for (int i = 0; i < noise.length; i++) {
          noise[i] = 0.1 * random.nextGaussian();
        }
        parameter.add_(Tensors.of(noise, Ops.type(parameter), parameter.shape()));
      }
    }
  }

  /** Three segments: text, text with a 2 x 4 image, text with a 4 x 2 and a 2 x 4 image. */
  static PackedBatch batch(KimiVlConfig config, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PackedBatch> parts = new ArrayList<>();
    parts.add(part(config, random, 17));
    parts.add(part(config, random, 15, image(random, 2, 4)));
    parts.add(part(config, random, 19, image(random, 4, 2), image(random, 2, 4)));
    return GoldenPrompts.pack(parts);
  }

  private static PackedBatch part(
      KimiVlConfig config, SplittableRandom random, int words, ImagePatches... images) {
    List<Integer> ids = new ArrayList<>();
    ids.add(1);
    for (ImagePatches image : images) {
      for (int i = 0; i < image.mediaTokens(); i++) {
        ids.add(MEDIA);
      }
    }
    while (ids.size() < words + 1 + images.length * 2) {
      int id = random.nextInt(config.text().vocabSize());
      if (id != MEDIA) {
        ids.add(id);
      }
    }
    return GoldenPrompts.single(ids.stream().mapToInt(i -> i).toArray(), List.of(images));
  }

  private static ImagePatches image(SplittableRandom random, int rows, int cols) {
    float[] values = new float[rows * cols * 588];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.5f;
    }
    return new ImagePatches(rows, cols, values);
  }
}

package dev.moonflow.model.language;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.GoldenFolder;
import dev.moonflow.model.checkpoint.Checkpoint;
import java.util.Random;

/** The golden checkpoint's language model, read once for all tests. */
final class TinyModel {
  static final LanguageModel F32 = read("checkpoint");
  static final LanguageModel BF16 = read("checkpoint_bf16_sharded");

  private TinyModel() {}

  private static LanguageModel read(String folder) {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFolder.path(folder))) {
      return LanguageModel.read(checkpoint, Kernels.open(DeviceChoice.CPU));
    }
  }

  /** Random ids and their embeddings [count, H]. */
  static float[] prompt(LanguageModel model, long seed, int count) {
    Random random = new Random(seed);
    int[] ids = random.ints(count, 0, model.config().vocabSize()).toArray();
    float[] embeddings = new float[count * model.config().hiddenSize()];
    model.embed(ids, 0, count, embeddings, 0);
    return embeddings;
  }

  /** Logits of all tokens of a prompt that is computed alone and at once [count, V]. */
  static float[] whole(LanguageModel model, float[] embeddings) {
    int count = embeddings.length / model.config().hiddenSize();
    try (KvSequence sequence = model.newCache(count).open()) {
      return model.forward(java.util.List.of(new Span(sequence, embeddings, 0, count, count)));
    }
  }
}

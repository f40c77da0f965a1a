package dev.moonflow.training.stage;

import dev.moonflow.training.batch.BatchPacker;
import dev.moonflow.training.batch.Example;
import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.PackingSettings;
import dev.moonflow.training.batch.RefusedExampleException;
import dev.moonflow.training.network.PackedBatch;
import dev.moonflow.training.network.Tape;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.torch.NoGradient;
import dev.moonflow.training.torch.Scope;
import dev.moonflow.training.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well the weights at hand find a fact in text as long as the context. A needle counts as
 * recalled if each token of its answer has a probability above one half: greedy decoding is then
 * certain to give it. No logits of the whole text are kept for that.
 */
final class NeedleRecall {
  private static final double CERTAIN = Math.log(0.5);

  private final StageContext context;
  private final int needles;

  NeedleRecall(StageContext context, int needles) {
    this.context = context;
    this.needles = needles;
  }

  /** {@code needle_recall}, 0 to 1, and {@code needle_loss}, nats per token of the answers. */
  Map<String, Double> measure() {
    int tokens = context.section().packing().contextTokens();
    // Not the seed of the data: these needles are not learnt.
    long seed = KeyedHash.derive(context.section().seed(), "needle recall");
    NeedleSamples samples = new NeedleSamples(context.tokenizer(), tokens, seed);
    ExampleEncoder encoder = context.encoder();
    BatchPacker packer =
        new BatchPacker(
            new PackingSettings(tokens, tokens, 1, false, false), context.imageLoader());
    double recalled = 0;
    double loss = 0;
    double answerTokens = 0;
    for (int k = 0; k < needles; k++) {
      PackedBatch batch = packer.pack(List.of(encode(encoder, samples.sample(k)))).packed();
      try (Scope scope = new Scope();
          NoGradient off = new NoGradient()) {
        float[] logs = Tensors.floats(context.model().logProbabilities(batch, new Tape(false)));
        boolean certain = true;
        for (int t = 0; t < logs.length; t++) {
          if (batch.targetWeights()[t] > 0) {
            certain &= logs[t] > CERTAIN;
            loss -= logs[t];
            answerTokens++;
          }
        }
        recalled += certain ? 1 : 0;
      }
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("needle_recall", recalled / needles);
    measured.put("needle_loss", loss / answerTokens);
    return measured;
  }

  /** The sample with weights on its answer alone; its [EOS] is none. */
  private static Example encode(ExampleEncoder encoder, Sample sample) {
    try {
      Example example = encoder.encode(sample);
      example.weights()[example.length() - 1] = 0f;
      return example;
    } catch (RefusedExampleException e) {
      throw new IllegalStateException("a needle cannot be encoded: " + e.getMessage(), e);
    }
  }
}

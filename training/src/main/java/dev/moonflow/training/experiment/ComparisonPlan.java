package dev.moonflow.training.experiment;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;
import java.util.List;

/**
 * What is compared: the same model, text, schedule and grid for both optimizers.
 *
 * @param steps updates of a full run
 * @param documents per update
 * @param length tokens of a document
 * @param rates learning rates, rising; tried with both optimizers
 * @param evaluateEvery steps between two measurements on held-out text
 * @param seed of weights and text
 */
record ComparisonPlan(
    int steps, int documents, int length, List<Double> rates, int evaluateEvery, long seed) {

  ComparisonPlan {
    if (steps < 10 || documents < 1 || length < 2 || rates.size() < 3 || evaluateEvery < 1) {
      throw new IllegalArgumentException(
          "a comparison needs at least 10 steps, a document, 2 tokens and 3 learning rates");
    }
    rates = List.copyOf(rates);
  }

  /** The experiment of the documents: its measurements stand in docs/evidence. */
  static ComparisonPlan documented() {
    return new ComparisonPlan(
        400, 16, 64, List.of(0.004, 0.008, 0.016, 0.032, 0.064), 10, 20250410);
  }

  /** 3 layers of width 64, the first dense, then 8 experts of which each token takes 2. */
  KimiVlConfig model() {
    TextConfig text =
        new TextConfig(
            MadeUpLanguage.WORDS,
            64,
            3,
            4,
            32,
            16,
            8,
            16,
            160,
            48,
            8,
            2,
            2,
            1,
            1,
            true,
            2.446f,
            50_000,
            1e-5f,
            1,
            length,
            false);
    VisionConfig vision = new VisionConfig(8, 1, 1, 8, 2, 2, 2, 2);
    return new KimiVlConfig(vision, text, MadeUpLanguage.WORDS - 1);
  }

  /** Tokens that an update learns from. */
  int tokensPerStep() {
    return documents * length;
  }
}

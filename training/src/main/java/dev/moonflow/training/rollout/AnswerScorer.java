package dev.moonflow.training.rollout;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.PromptEmbeddings;
import dev.moonflow.model.language.Span;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.List;

/**
 * The probability that the inference model gives an answer. A token's logits are the same bits
 * whether it is decoded alone or read in a chunk, so these are the probabilities that the engine
 * drew from.
 */
final class AnswerScorer {
  /** Tokens read at a time, so that a large vocabulary does not hold too many logits. */
  private static final int CHUNK = 64;

  private final KimiVl model;
  private final LanguageModel language;

  AnswerScorer(KimiVl model) {
    this.model = model;
    this.language = model.language();
  }

  double logProbability(Prompt prompt, DrawnAnswer answer) {
    int[] tokens = answer.tokens();
    float[] embedded =
        PromptEmbeddings.merge(
            language, answer.prompt(), model.config().mediaTokenId(), features(prompt));
    try (KvSequence sequence = language.newCache(answer.prompt().length + tokens.length).open()) {
      float[] logits = read(sequence, embedded, answer.prompt().length, 1);
      double sum = logProbability(logits, 0, tokens[0]);
      for (int from = 0; from + 1 < tokens.length; from += CHUNK) {
        int count = Math.min(CHUNK, tokens.length - 1 - from);
        float[] rows = new float[count * language.config().hiddenSize()];
        language.embed(tokens, from, count, rows, 0);
        logits = read(sequence, rows, count, count);
        for (int i = 0; i < count; i++) {
          sum += logProbability(logits, i, tokens[from + i + 1]);
        }
      }
      return sum;
    }
  }

  private float[] read(KvSequence sequence, float[] rows, int count, int logitRows) {
    return language.forward(List.of(new Span(sequence, rows, 0, count, logitRows)));
  }

  private double logProbability(float[] logits, int row, int token) {
    int vocab = language.config().vocabSize();
    double max = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < vocab; v++) {
      max = Math.max(max, logits[row * vocab + v]);
    }
    double total = 0;
    for (int v = 0; v < vocab; v++) {
      total += Math.exp(logits[row * vocab + v] - max);
    }
    return logits[row * vocab + token] - max - Math.log(total);
  }

  private float[] features(Prompt prompt) {
    List<RgbImage> images = new ArrayList<>();
    prompt.messages().stream()
        .flatMap(message -> message.parts().stream())
        .filter(ContentPart.Image.class::isInstance)
        .forEach(part -> images.add(processed(prompt, ((ContentPart.Image) part).image())));
    return images.isEmpty() ? new float[0] : model.vision().encode(images).values();
  }

  private RgbImage processed(Prompt prompt, RgbImage image) {
    try {
      return model.images().process(image).pixels();
    } catch (ImageRejectedException e) {
      throw new SampleException(
          "an image of sample " + prompt.id() + " cannot be used: " + e.getMessage(), e);
    }
  }
}

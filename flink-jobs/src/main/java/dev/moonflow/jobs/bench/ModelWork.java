package dev.moonflow.jobs.bench;

import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.TextConfig;
import dev.moonflow.model.checkpoint.VisionConfig;

/**
 * Floating-point operations of a model, counted by its shape: a multiplication and an addition are
 * two. Products of matrices and attention only; the rest is a few hundredths of them.
 */
record ModelWork(KimiVlConfig config) {

  /** One image of a grid of patches, projector included. */
  double image(long rows, long cols) {
    VisionConfig v = config.vision();
    double patches = rows * cols;
    double dim = v.hiddenSize();
    double patch = 3.0 * v.patchSize() * v.patchSize() * dim;
    double block = 4 * dim * dim + 2 * dim * v.intermediateSize() + 2 * patches * dim;
    double wide = dim * v.patchesPerToken();
    double token = wide * wide + wide * config.text().hiddenSize();
    return 2 * (patches * (patch + v.layers() * block) + patches / v.patchesPerToken() * token);
  }

  /** One token that sees {@code seen} tokens, itself included; without the head. */
  double token(long seen) {
    TextConfig t = config.text();
    double hidden = t.hiddenSize();
    double width = t.kvLoraRank() + t.qkRopeHeadDim();
    double head =
        hidden * t.qkHeadDim()
            + (double) t.qkNopeHeadDim() * t.kvLoraRank()
            + seen * (width + t.kvLoraRank())
            + (double) t.kvLoraRank() * t.vHeadDim()
            + t.vHeadDim() * hidden;
    double attention = hidden * width + t.heads() * head;
    double dense = 3 * hidden * t.intermediateSize();
    double experts = (double) t.expertsPerToken() + t.sharedExperts();
    double mixture = hidden * t.routedExperts() + 3 * hidden * t.moeIntermediateSize() * experts;
    int denseLayers = Math.min(t.firstDenseLayers(), t.layers());
    return 2
        * (t.layers() * attention + denseLayers * dense + (t.layers() - denseLayers) * mixture);
  }

  /** A prompt from its beginning, with logits of its last token. */
  double prompt(long tokens) {
    return tokens * token((tokens + 1) / 2) + head();
  }

  /** The head for one token. */
  double head() {
    return 2.0 * config.text().hiddenSize() * config.text().vocabSize();
  }
}

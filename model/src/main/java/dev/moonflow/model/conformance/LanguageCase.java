package dev.moonflow.model.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.Probe;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.ImageRejectedException;
import dev.moonflow.model.language.KvCache;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.language.PromptEmbeddings;
import dev.moonflow.model.language.Span;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs golden prompts through the vision tower and the language model. */
record LanguageCase(
    LanguageModel model, VisionEncoder encoder, ImageProcessor processor, int mediaTokenId) {

  /** The prompt's embeddings with image features in place [T, H]. */
  float[] embed(GoldenFolder golden, JsonNode json, int[] ids)
      throws IOException, ImageRejectedException {
    List<RgbImage> images = new ArrayList<>();
    for (JsonNode image : json.path("images")) {
      images.add(processor.process(golden.image("images/" + image.asText()).rgb()).pixels());
    }
    float[] features = images.isEmpty() ? new float[0] : encoder.encode(images).values();
    return PromptEmbeddings.merge(model, ids, mediaTokenId, features);
  }

  /** Logits of every token [T, V]. */
  float[] logits(float[] embeddings, int tokens, Probe probe) {
    KvCache cache = model.newCache(tokens);
    try (KvSequence sequence = cache.open()) {
      return model.forward(List.of(new Span(sequence, embeddings, 0, tokens, tokens)), probe);
    }
  }
}

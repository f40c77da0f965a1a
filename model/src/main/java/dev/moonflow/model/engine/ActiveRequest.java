package dev.moonflow.model.engine;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.engine.Progress.Phase;
import dev.moonflow.model.language.KvSequence;
import dev.moonflow.model.tokenizer.TokenBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A request inside the engine, from submission to its end. Belongs to the engine's thread.
 *
 * <p>Its sequence is the prompt, the resumed tokens, then the generated ones. The last token of the
 * sequence is the only one not in the cache once it decodes.
 */
final class ActiveRequest {
  private final TokenizedRequest request;
  private final long order;
  private final TokenBuffer generated = new TokenBuffer();
  private final List<float[]> features = new ArrayList<>();
  private AnswerConstraint constraint; // null for an answer that may be anything
  private float[] logProbabilities = new float[16];
  private int logProbabilityCount;
  private List<RgbImage> images;
  private List<float[]> wantedFeatures = List.of(); // until they are published
  private PromptEmbedding embedding;
  private KvSequence sequence;
  private Phase phase = Phase.WAITING;
  private FinishReason finishReason;
  private String error;

  /**
   * A waiting request.
   *
   * @param order number of its submission
   */
  ActiveRequest(TokenizedRequest request, long order) {
    this.request = request;
    this.order = order;
    constraint = request.constraint();
    generated.addAll(request.resumeTokens());
  }

  TokenizedRequest request() {
    return request;
  }

  long order() {
    return order;
  }

  Phase phase() {
    return phase;
  }

  int generatedCount() {
    return generated.size();
  }

  KvSequence sequence() {
    return sequence;
  }

  PromptEmbedding embedding() {
    return embedding;
  }

  /** Enters the running requests. */
  void admit(KvSequence opened, EngineModel model) {
    sequence = opened;
    images = request.takeImages();
    embedding = new PromptEmbedding(model, request.prompt(), request.resumeTokens());
    phase = Phase.ENCODE;
    features.addAll(request.features().rows()); // of all images or of none
    startPrefillIfEncoded();
  }

  /** The next image to encode; null when all are. */
  RgbImage image(int ahead) {
    int index = features.size() + ahead;
    return index < images.size() ? images.get(index) : null;
  }

  /** The key of an image that {@link #image} gives; null where there is no cache. */
  ImageKey imageKey(int ahead) {
    return request.imageKey(features.size() + ahead);
  }

  /** Takes the features of the next image. */
  void encoded(float[] values) {
    features.add(values);
    startPrefillIfEncoded();
  }

  private void startPrefillIfEncoded() {
    if (features.size() >= images.size()) { // known features come without images
      if (request.features().wanted()) {
        wantedFeatures = List.copyOf(features);
      }
      images = List.of(); // encoded pixels are not needed any more
      embedding.setFeatures(features);
      features.clear();
      phase = Phase.PREFILL;
    }
  }

  /** The features to publish, once. */
  List<float[]> takeFeatures() {
    List<float[]> taken = wantedFeatures;
    wantedFeatures = List.of();
    return taken;
  }

  /** Prompt and resumed tokens that are not in the cache yet. */
  int prefillLeft() {
    return embedding.length() - sequence.length();
  }

  /** Takes the next token. */
  void generate(int token, float logProbability, StopTokens stops) {
    phase = Phase.DECODE;
    if (logProbabilityCount == logProbabilities.length) {
      logProbabilities = Arrays.copyOf(logProbabilities, 2 * logProbabilityCount);
    }
    logProbabilities[logProbabilityCount++] = logProbability;
    embedding.setLast(token);
    generated.add(token);
    if (constraint != null) {
      constraint = constraint.after(token);
    }
    finishIfComplete(stops);
  }

  /** The tokens that may come next as bits, or null for every one. */
  long[] allowed() {
    return constraint == null ? null : constraint.mask(request.maxNewTokens() - generated.size());
  }

  /**
   * Ends a request whose tokens so far leave nothing to generate. A constrained answer that nothing
   * can follow needs no stop token.
   */
  void finishIfComplete(StopTokens stops) {
    int count = generated.size();
    if (constraint != null && constraint.isFinal()) {
      finish(FinishReason.STOP, null);
      return;
    }
    if (count > 0 && !request.sampling().ignoreStopTokens() && stops.contains(generated.last())) {
      finish(FinishReason.STOP, null);
    } else if (count >= request.maxNewTokens()) {
      finish(FinishReason.LENGTH, null);
    }
  }

  /** Ends the request and gives its memory back. */
  void finish(FinishReason reason, String sentence) {
    phase = Phase.FINISHED;
    finishReason = reason;
    error = sentence;
    images = List.of();
    embedding = null;
    features.clear();
    if (sequence != null) {
      sequence.close();
    }
  }

  /** Where the request stands now. */
  Progress progress() {
    return new Progress(
        request.id(),
        phase,
        generated.toArray(),
        phase == Phase.WAITING ? 0 : request.promptTokens(),
        finishReason,
        error,
        Arrays.copyOf(logProbabilities, logProbabilityCount));
  }
}

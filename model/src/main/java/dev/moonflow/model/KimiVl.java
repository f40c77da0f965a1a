package dev.moonflow.model;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.model.chat.Answer;
import dev.moonflow.model.chat.ChatTemplate;
import dev.moonflow.model.chat.ThinkingSplitter;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.constraint.ConstraintCompiler;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.EngineModel;
import dev.moonflow.model.engine.FeatureCache;
import dev.moonflow.model.engine.StopTokens;
import dev.moonflow.model.image.ImageProcessor;
import dev.moonflow.model.image.PreprocessorConfig;
import dev.moonflow.model.language.LanguageModel;
import dev.moonflow.model.tokenizer.Tokenizer;
import dev.moonflow.model.vision.VisionEncoder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A loaded Kimi-VL: weights, tokenizer and image processor of one checkpoint folder. Immutable and
 * thread-safe; any number of engines share it.
 */
public final class KimiVl {
  private final KimiVlConfig config;
  private final String fingerprint;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final ImageProcessor images;
  private final VisionEncoder vision;
  private final LanguageModel language;
  private final StopTokens stops;
  private final ConstraintCompiler constraints;

  private KimiVl(Path dir, Checkpoint checkpoint, Kernels kernels) throws IOException {
    config = checkpoint.config();
    fingerprint = checkpoint.fingerprint();
    tokenizer = Tokenizer.load(dir);
    if (tokenizer.vocabSize() > config.text().vocabSize()) {
      throw new CheckpointException(
          "%s: the tokenizer has %d ids, text_config.vocab_size is %d."
              .formatted(dir, tokenizer.vocabSize(), config.text().vocabSize()));
    }
    template = new ChatTemplate(tokenizer, config.mediaTokenId());
    stops = new StopTokens(tokenizer, checkpoint.generation());
    constraints = new ConstraintCompiler(tokenizer, config.text().vocabSize(), stops.ids());
    PreprocessorConfig preprocessor = PreprocessorConfig.read(dir);
    images = new ImageProcessor(preprocessor);
    vision = new VisionEncoder(checkpoint, preprocessor, kernels);
    language = LanguageModel.read(checkpoint, kernels);
  }

  /**
   * Loads a checkpoint folder.
   *
   * @param kernels stays the caller's, and open as long as the model is used
   * @throws CheckpointException in one sentence if the folder cannot be used
   */
  public static KimiVl load(Path dir, Kernels kernels) {
    try (Checkpoint checkpoint = Checkpoint.open(dir)) {
      return new KimiVl(dir, checkpoint, kernels);
    } catch (IOException | IllegalArgumentException e) {
      throw new CheckpointException(e.getMessage(), e);
    }
  }

  /** A new engine with its own cache. */
  public ContinuousBatchingEngine newEngine(EngineLimits limits) {
    return new ContinuousBatchingEngine(engineModel(), limits);
  }

  /** A new engine with its own cache of tokens and a cache of images that engines share. */
  public ContinuousBatchingEngine newEngine(EngineLimits limits, FeatureCache features) {
    return new ContinuousBatchingEngine(engineModel(), limits, features);
  }

  /** What engines are made of. */
  public EngineModel engineModel() {
    return new EngineModel(
        tokenizer,
        template,
        images,
        vision::encode,
        language,
        language::forward,
        config.mediaTokenId(),
        stops,
        constraints);
  }

  /** What generated tokens say, without control tokens, split at the thinking markers. */
  public Answer answer(int[] tokens) {
    return ThinkingSplitter.split(tokenizer.visibleText(tokens));
  }

  /** The configuration. */
  public KimiVlConfig config() {
    return config;
  }

  /** Identifies configuration and weights; see {@link Checkpoint#fingerprint}. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Text to ids and back. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Conversations to prompts. */
  public ChatTemplate template() {
    return template;
  }

  /** What brings images to size. */
  public ImageProcessor images() {
    return images;
  }

  /** The vision tower with the projector. */
  public VisionEncoder vision() {
    return vision;
  }

  /** The language model. */
  public LanguageModel language() {
    return language;
  }

  /** What ends a generation. */
  public StopTokens stops() {
    return stops;
  }
}

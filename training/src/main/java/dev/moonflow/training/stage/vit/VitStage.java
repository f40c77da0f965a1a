package dev.moonflow.training.stage.vit;

import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.training.batch.ExampleEncoder;
import dev.moonflow.training.batch.ImageLoader;
import dev.moonflow.training.batch.KeyedHash;
import dev.moonflow.training.batch.MicroBatch;
import dev.moonflow.training.batch.MixtureSource;
import dev.moonflow.training.batch.StepSource;
import dev.moonflow.training.stage.Stage;
import dev.moonflow.training.stage.StageContext;
import dev.moonflow.training.trainer.Objective;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.RecipeFields;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.List;
import java.util.Map;

/**
 * The vision tower from images and their texts, without the language model (SPEC section 12.2). The
 * phase that then brings tower and projector to the frozen language model is a stage of its own,
 * {@code align}.
 */
public final class VitStage implements Stage<MicroBatch> {
  private static final int LAYERS_MAX = 256;
  private static final int WIDTH_MAX = 1 << 16;
  private static final int PATCHES_MAX = 1 << 20;

  private final StageSection section;
  private final int textWidth;
  private final int textHeads;
  private final int encoderLayers;
  private final int decoderLayers;
  private final int embedWidth;
  private final int resolutionStart;
  private final long resolutionSteps;

  /**
   * The stage of a section.
   *
   * @throws RecipeException if an option cannot work
   */
  public VitStage(StageSection section) {
    this.section = section;
    RecipeFields options = section.options();
    textWidth = (int) options.integer("text-width", 1, WIDTH_MAX, 512);
    textHeads = (int) options.integer("text-heads", 1, WIDTH_MAX, 8);
    encoderLayers = (int) options.integer("encoder-layers", 1, LAYERS_MAX, 6);
    decoderLayers = (int) options.integer("decoder-layers", 1, LAYERS_MAX, 4);
    embedWidth = (int) options.integer("embed-width", 1, WIDTH_MAX, textWidth);
    resolutionStart = (int) options.integer("resolution-start", 4, PATCHES_MAX, PATCHES_MAX);
    resolutionSteps = options.integer("resolution-steps", 0, section.steps(), section.steps() / 2);
    if (textWidth % textHeads != 0) {
      throw options.bad("text-heads", "must divide text-width, " + textWidth);
    }
    options.finish();
    if (section.data().isEmpty()) {
      throw new RecipeException(
          "stage " + section.name() + ": data must hold at least one source.");
    }
    if (section.trained().stream().anyMatch(pattern -> !pattern.startsWith("vision_tower."))) {
      throw new RecipeException(
          "stage %s: only tensors of vision_tower can be trained here, found %s."
              .formatted(section.name(), section.trained()));
    }
  }

  @Override
  public List<String> trained() {
    return List.of("vision_tower.*");
  }

  @Override
  public Objective<MicroBatch> objective(StageContext context) {
    int patchWidth = context.model().config().vision().hiddenSize();
    VitShape shape =
        new VitShape(
            context.model().config().text().vocabSize(),
            section.packing().contextTokens(),
            patchWidth,
            context.model().config().vision().heads(),
            textWidth,
            textHeads,
            encoderLayers,
            decoderLayers,
            embedWidth);
    return new VitObjective(
        context.model().tower(),
        shape,
        context.tokenizer().requiredSpecial("[BOS]"),
        KeyedHash.derive(section.seed(), "companions"),
        section.precision());
  }

  @Override
  public StepSource<MicroBatch> source(StageContext context, Objective<MicroBatch> objective) {
    int end = context.preprocessor().inTokenLimit();
    Resolution resolution = new Resolution(Math.min(resolutionStart, end), end, resolutionSteps);
    return new MixtureSource(
        context.mixture(),
        step -> encoder(context, resolution, step),
        section.packing(),
        section.microBatches(),
        step -> Map.of(),
        context.slice());
  }

  private static ExampleEncoder encoder(StageContext context, Resolution resolution, long step) {
    ImageLoader images =
        new ImageLoader(resolution.at(step, context.preprocessor()), MediaLimits.DEFAULT);
    return new ExampleEncoder(context.tokenizer(), context.model().config().mediaTokenId(), images)
        .oneImageOnly();
  }
}

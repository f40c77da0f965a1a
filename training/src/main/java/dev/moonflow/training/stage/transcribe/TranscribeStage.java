package dev.moonflow.training.stage.transcribe;

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

/** Tower and projector from images of single lines and their texts. */
public final class TranscribeStage implements Stage<MicroBatch> {
  private final StageSection section;
  private final int slots;
  private final int slotWidth;

  /**
   * The stage of a section. Options: {@code slots} of a media token (8) and {@code slot-width}
   * (64).
   *
   * @throws RecipeException if an option cannot work
   */
  public TranscribeStage(StageSection section) {
    this.section = section;
    RecipeFields options = section.options();
    slots = (int) options.integer("slots", 1, 64, 8);
    slotWidth = (int) options.integer("slot-width", 1, 4096, 64);
    options.finish();
    if (section.data().isEmpty()) {
      throw new RecipeException(
          "stage " + section.name() + ": data must hold at least one source.");
    }
    if (section.trained().stream().anyMatch(pattern -> pattern.startsWith("language_model."))) {
      throw new RecipeException(
          "stage %s: the language model takes no part here, found trained %s."
              .formatted(section.name(), section.trained()));
    }
  }

  @Override
  public List<String> trained() {
    return List.of("vision_tower.*", "multi_modal_projector.*");
  }

  @Override
  public Objective<MicroBatch> objective(StageContext context) {
    SlotReader reader =
        SlotReader.draw(
            context.model().config().text().hiddenSize(),
            slots,
            slotWidth,
            KeyedHash.derive(section.seed(), "companions"),
            section.precision());
    return new TranscribeObjective(context.model(), context.tokenizer(), reader);
  }

  @Override
  public StepSource<MicroBatch> source(StageContext context, Objective<MicroBatch> objective) {
    return new MixtureSource(
        context.mixture(),
        context.encoder().oneImageOnly(),
        section.packing(),
        section.microBatches(),
        step -> Map.of(),
        context.slice());
  }
}

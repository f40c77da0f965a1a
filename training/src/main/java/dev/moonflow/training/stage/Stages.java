package dev.moonflow.training.stage;

import dev.moonflow.connectors.naming.NearestName;
import dev.moonflow.training.stage.cot.LongCotStage;
import dev.moonflow.training.stage.rl.RlStage;
import dev.moonflow.training.stage.transcribe.TranscribeStage;
import dev.moonflow.training.stage.vit.VitStage;
import dev.moonflow.training.trainer.recipe.RecipeException;
import dev.moonflow.training.trainer.recipe.StageSection;
import java.util.Map;

/** The kinds of stages by the name that recipes give them. */
public final class Stages {
  private static final Map<String, Stage.Factory> KINDS =
      Map.of(
          "vit", VitStage::new,
          "transcribe", TranscribeStage::new,
          "text", TextStage::new,
          "align", AlignStage::new,
          "joint", JointStage::new,
          "cooldown", CooldownStage::new,
          "long-context", LongContextStage::new,
          "sft", SftStage::new,
          "long-cot", LongCotStage::new,
          "rl", RlStage::new);

  private Stages() {}

  /**
   * The stage of a section.
   *
   * @throws RecipeException if there is no such kind or one of its options cannot work
   */
  public static Stage<?> of(StageSection section) {
    Stage.Factory factory = KINDS.get(section.kind());
    if (factory == null) {
      throw new RecipeException(
          "stage %s: there is no kind %s; did you mean %s?"
              .formatted(
                  section.name(), section.kind(), NearestName.to(section.kind(), KINDS.keySet())));
    }
    return factory.create(section);
  }
}

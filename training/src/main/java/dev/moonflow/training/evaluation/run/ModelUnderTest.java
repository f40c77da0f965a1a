package dev.moonflow.training.evaluation.run;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.training.evaluation.item.PromptCosts;
import java.nio.file.Path;

/** A checkpoint folder, loaded with the product's own engine. Close it. */
public final class ModelUnderTest implements AutoCloseable {
  private final Kernels kernels;
  private final KimiVl model;

  private ModelUnderTest(Kernels kernels, KimiVl model) {
    this.kernels = kernels;
    this.model = model;
  }

  /**
   * Loads a folder.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if it cannot be used
   */
  public static ModelUnderTest load(Path folder, DeviceChoice device) {
    Kernels kernels = Kernels.open(device);
    try {
      return new ModelUnderTest(kernels, KimiVl.load(folder, kernels));
    } catch (RuntimeException e) {
      kernels.close();
      throw e;
    }
  }

  /** The model. */
  public KimiVl model() {
    return model;
  }

  /** Where its kernels run, for people. */
  public String device() {
    return kernels.device() + " (" + kernels.description() + ")";
  }

  /** What text and images cost a model. */
  public static PromptCosts costs(KimiVl model) {
    return new PromptCosts() {
      @Override
      public int text(String text) {
        return model.tokenizer().encode(text).length;
      }

      @Override
      public int image(int width, int height) {
        return model.images().plan(width, height).mediaTokens();
      }
    };
  }

  @Override
  public void close() {
    kernels.close();
  }
}

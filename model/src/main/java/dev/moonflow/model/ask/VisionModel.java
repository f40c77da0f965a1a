package dev.moonflow.model.ask;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A Kimi-VL model in memory, for a plain Java program.
 *
 * <pre>{@code
 * try (VisionModel model = VisionModel.load(Path.of("models/moonlet"))) {
 *   RgbImage page = ImageFiles.read(Path.of("page.png"));
 *   model.ask(page, "Read all the text in this image.", 512, System.out::print);
 * }
 * }</pre>
 *
 * <p>Thread-safe: questions are answered one after another. What a question gets does not depend on
 * those before it.
 */
public final class VisionModel implements AutoCloseable {
  private final Kernels kernels;
  private final KimiVl model;
  private final Asker asker;

  private VisionModel(Kernels kernels, KimiVl model) {
    this.kernels = kernels;
    this.model = model;
    this.asker = new Asker(model);
  }

  /**
   * Loads a checkpoint; kernels run where they run best.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if the folder holds none that can be
   *     used; one sentence says why
   */
  public static VisionModel load(Path folder) {
    return load(folder, DeviceChoice.AUTO);
  }

  /** The same with a choice of where kernels run; the words are the same on each. */
  public static VisionModel load(Path folder, DeviceChoice device) {
    Kernels kernels = Kernels.open(device);
    try {
      return new VisionModel(kernels, KimiVl.load(folder, kernels));
    } catch (RuntimeException | Error e) {
      kernels.close();
      throw e;
    }
  }

  /**
   * Asks about an image, or about none, and takes the most likely words.
   *
   * @param image what is shown, at its own size, or null
   * @param maxNewTokens tokens of the answer at most, from 1
   * @param show is handed what becomes visible, as it does; may do nothing
   * @throws RequestRejectedException if the image or the prompt is past a limit of the model
   */
  public Reply ask(RgbImage image, String prompt, int maxNewTokens, Consumer<String> show)
      throws RequestRejectedException {
    return ask(image, prompt, maxNewTokens, SamplingParameters.greedy(), show);
  }

  /** The same with another way to choose words. */
  public synchronized Reply ask(
      RgbImage image,
      String prompt,
      int maxNewTokens,
      SamplingParameters sampling,
      Consumer<String> show)
      throws RequestRejectedException {
    return asker.ask(image, prompt, sampling, maxNewTokens, null, show);
  }

  /** Hash of the checkpoint's configuration and weights. */
  public String fingerprint() {
    return model.fingerprint();
  }

  /** The model itself: its tokenizer, its configuration, engines for many questions at once. */
  public KimiVl model() {
    return model;
  }

  /** Frees the model. */
  @Override
  public synchronized void close() {
    asker.close();
    kernels.close();
  }
}

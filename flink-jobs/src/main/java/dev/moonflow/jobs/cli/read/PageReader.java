package dev.moonflow.jobs.cli.read;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.ask.Asker;
import dev.moonflow.model.ask.Reply;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import java.util.function.Consumer;

/** Asks a model about one image at a time. Used by one thread. */
public final class PageReader implements AutoCloseable {
  private final Asker asker;

  /** A reader with a cache of its own; the model stays the caller's. */
  public PageReader(KimiVl model) {
    asker = new Asker(model);
  }

  /**
   * Asks about an image.
   *
   * @param constraint what the answer must look like, or null
   * @param show is handed what becomes visible, as it does
   * @throws RequestRejectedException if the image or the prompt is past a limit of the model
   */
  public PageAnswer read(
      RgbImage image,
      String prompt,
      SamplingParameters sampling,
      int maxNewTokens,
      Constraint constraint,
      Consumer<String> show)
      throws RequestRejectedException {
    try {
      Reply reply = asker.ask(image, prompt, sampling, maxNewTokens, constraint, show);
      return new PageAnswer(
          reply.answer(), reply.tokens(), reply.promptTokens(), reply.reason(), reply.time());
    } catch (IllegalStateException e) {
      throw new UserException(e.getMessage());
    }
  }

  @Override
  public void close() {
    asker.close();
  }
}

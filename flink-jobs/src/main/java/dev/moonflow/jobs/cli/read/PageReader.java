package dev.moonflow.jobs.cli.read;

import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.constraint.Constraint;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Asks a model about one image at a time. Used by one thread. */
public final class PageReader implements AutoCloseable {
  /** One request at a time, so the cache holds one context. */
  private static final EngineLimits LIMITS =
      new EngineLimits(1, 16_384, 512, 32_768, 65_536, 32_768);

  private final KimiVl model;
  private final Engine engine;

  /** A reader with a cache of its own; the model stays the caller's. */
  public PageReader(KimiVl model) {
    this.model = model;
    this.engine = model.newEngine(LIMITS);
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
    long start = System.nanoTime();
    List<ContentPart> parts = List.of(new ContentPart.Image(image), new ContentPart.Text(prompt));
    PreparedRequest request =
        engine.prepare(
            new GenerationRequest(
                "page",
                List.of(new Message("user", parts)),
                sampling,
                maxNewTokens,
                new int[0],
                constraint));
    engine.submit(request);
    StreamedText text = new StreamedText(model.tokenizer());
    Progress progress;
    do {
      engine.step();
      progress = engine.progress(request.id()).orElseThrow();
      String more = text.next(progress.tokens());
      if (!more.isEmpty()) {
        show.accept(more);
      }
    } while (!progress.finished());
    engine.release(request.id());
    if (progress.finishReason() == FinishReason.ERROR) {
      throw new UserException("The model could not compute this: " + progress.error());
    }
    String rest = text.end();
    if (!rest.isEmpty()) {
      show.accept(rest);
    }
    return new PageAnswer(
        model.answer(progress.tokens()),
        progress.tokens(),
        progress.promptTokens(),
        progress.finishReason(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    engine.close();
  }
}

package dev.moonflow.model.ask;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks a loaded model one question at a time. Used by one thread. */
public final class Asker implements AutoCloseable {
  /** One request at a time, so the cache holds one context. */
  private static final EngineLimits LIMITS =
      new EngineLimits(1, 16_384, 512, 32_768, 65_536, 32_768);

  private final KimiVl model;
  private final Engine engine;

  /** With a cache of its own; the model stays the caller's. */
  public Asker(KimiVl model) {
    this.model = model;
    this.engine = model.newEngine(LIMITS);
  }

  /**
   * Asks about an image, or about none.
   *
   * @param image what is shown, or null
   * @param constraint what the answer must look like, or null
   * @param show is handed what becomes visible, as it does
   * @throws RequestRejectedException if the image or the prompt is past a limit of the model
   * @throws IllegalStateException if the model cannot compute this; the message says why
   */
  public Reply ask(
      RgbImage image,
      String prompt,
      SamplingParameters sampling,
      int maxNewTokens,
      Constraint constraint,
      Consumer<String> show)
      throws RequestRejectedException {
    long start = System.nanoTime();
    List<ContentPart> parts = new ArrayList<>();
    if (image != null) {
      parts.add(new ContentPart.Image(image));
    }
    parts.add(new ContentPart.Text(prompt));
    PreparedRequest request =
        engine.prepare(
            new GenerationRequest(
                "question",
                List.of(new Message("user", parts)),
                sampling,
                maxNewTokens,
                new int[0],
                constraint));
    engine.submit(request);
    Progress progress = generate(request.id(), show);
    return new Reply(
        model.answer(progress.tokens()),
        progress.tokens(),
        progress.promptTokens(),
        progress.finishReason(),
        Duration.ofNanos(System.nanoTime() - start));
  }

  private Progress generate(String id, Consumer<String> show) {
    StreamedText text = new StreamedText(model.tokenizer());
    Progress progress;
    try {
      do {
        engine.step();
        progress = engine.progress(id).orElseThrow();
        show(text.next(progress.tokens()), show);
      } while (!progress.finished());
    } catch (RuntimeException | Error e) {
      abandon(id);
      throw e;
    }
    engine.release(id);
    if (progress.finishReason() == FinishReason.ERROR) {
      throw new IllegalStateException("The model could not compute this: " + progress.error());
    }
    show(text.end(), show);
    return progress;
  }

  /** Whoever looked on has thrown: the next question finds an empty engine. */
  private void abandon(String id) {
    if (engine.cancel(id)) {
      engine.step();
    }
    engine.release(id);
  }

  private static void show(String text, Consumer<String> show) {
    if (!text.isEmpty()) {
      show.accept(text);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}

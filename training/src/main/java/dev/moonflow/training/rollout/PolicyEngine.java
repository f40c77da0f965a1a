package dev.moonflow.training.rollout;

import dev.moonflow.kernels.Kernels;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.EngineLimits;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.training.sample.SampleException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A policy's checkpoint folder in the product's own engine. All answers share its batches; what is
 * drawn depends on weights, prompt and seed alone. One thread.
 */
public final class PolicyEngine implements AutoCloseable {
  private static final int[] NOTHING = {};

  private final Kernels kernels;
  private final KimiVl model;
  private final EngineLimits limits;

  private PolicyEngine(Kernels kernels, KimiVl model, EngineLimits limits) {
    this.kernels = kernels;
    this.model = model;
    this.limits = limits;
  }

  /**
   * Loads a folder.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if it cannot be used
   */
  public static PolicyEngine load(Path folder, EngineLimits limits) {
    Kernels kernels = Kernels.open(DeviceChoice.CPU);
    try {
      return new PolicyEngine(kernels, KimiVl.load(folder, kernels), limits);
    } catch (RuntimeException e) {
      kernels.close();
      throw e;
    }
  }

  /** The loaded model. */
  public KimiVl model() {
    return model;
  }

  /** One answer among those that are asked for. */
  private record Place(int prompt, int answer) {}

  /**
   * Draws k answers to each prompt.
   *
   * @return [prompts][k]
   * @throws SampleException naming a prompt that can never be computed
   */
  public DrawnAnswer[][] draw(List<Prompt> prompts, Drawing drawing) {
    DrawnAnswer[][] answers = new DrawnAnswer[prompts.size()][drawing.answers()];
    Map<String, Place> running = new HashMap<>();
    Deque<Place> waiting = new ArrayDeque<>();
    for (int p = 0; p < prompts.size(); p++) {
      for (int a = 0; a < drawing.answers(); a++) {
        waiting.add(new Place(p, a));
      }
    }
    int[][] ids = new int[prompts.size()][];
    for (int p = 0; p < ids.length; p++) {
      ids[p] = ids(prompts.get(p));
    }
    try (ContinuousBatchingEngine engine = model.newEngine(limits)) {
      while (!waiting.isEmpty() || !running.isEmpty()) {
        while (!waiting.isEmpty() && running.size() < limits.maxRunning()) {
          Place place = waiting.remove();
          submit(engine, prompts.get(place.prompt()), place, drawing);
          running.put(name(place), place);
        }
        for (Progress finished : engine.step().finished()) {
          Place place = running.remove(finished.id());
          engine.release(finished.id());
          answers[place.prompt()][place.answer()] =
              answer(prompts.get(place.prompt()), ids[place.prompt()], finished);
        }
      }
    }
    return answers;
  }

  private static String name(Place place) {
    return place.prompt() + "/" + place.answer();
  }

  private static void submit(
      ContinuousBatchingEngine engine, Prompt prompt, Place place, Drawing drawing) {
    SamplingParameters sampling =
        new SamplingParameters(
            (float) drawing.temperature(), 1f, drawing.seed(prompt.id(), place.answer()), false);
    try {
      engine.submit(
          engine.prepare(
              new GenerationRequest(
                  name(place), prompt.messages(), sampling, drawing.maxNewTokens(), NOTHING)));
    } catch (RequestRejectedException e) {
      throw new SampleException("sample " + prompt.id() + " cannot be asked: " + e.getMessage(), e);
    }
  }

  private DrawnAnswer answer(Prompt prompt, int[] ids, Progress progress) {
    if (progress.finishReason() == FinishReason.ERROR) {
      throw new SampleException(
          "sample " + prompt.id() + " cannot be answered: " + progress.error());
    }
    return new DrawnAnswer(
        ids,
        progress.tokens(),
        model.tokenizer().visibleText(progress.tokens()),
        progress.finishReason() == FinishReason.STOP);
  }

  /** The ids that the engine gives the model for a prompt. */
  private int[] ids(Prompt prompt) {
    int[] mediaTokens =
        prompt.messages().stream()
            .flatMap(message -> message.parts().stream())
            .filter(ContentPart.Image.class::isInstance)
            .map(part -> ((ContentPart.Image) part).image())
            .flatMapToInt(
                image ->
                    IntStream.of(model.images().plan(image.width(), image.height()).mediaTokens()))
            .toArray();
    return model.template().encode(prompt.messages(), true, mediaTokens);
  }

  /** log p(tokens | prompt) of an answer, by the engine's own arithmetic. */
  public double logProbability(Prompt prompt, DrawnAnswer answer) {
    return new AnswerScorer(model).logProbability(prompt, answer);
  }

  @Override
  public void close() {
    kernels.close();
  }
}

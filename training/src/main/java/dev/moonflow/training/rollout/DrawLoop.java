package dev.moonflow.training.rollout;

import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.training.sample.SampleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Keeps an engine full until all prompts have their answers. A prompt is asked for when its first
 * answer begins and let go when its last one has begun, so that few images are held decoded.
 */
final class DrawLoop {
  private static final int[] NOTHING = {};

  private final KimiVl model;
  private final ContinuousBatchingEngine engine;
  private final IntFunction<Prompt> prompts;
  private final Drawing drawing;
  private final DrawnAnswer[][] answers;
  private final int[][] ids;
  private final String[] samples;
  private final String[] refusals;
  private final Map<String, Place> running = new HashMap<>();
  private Prompt open;
  private int nextPrompt;
  private int nextAnswer;

  /** One answer among those that are asked for. */
  private record Place(int prompt, int answer) {
    String name() {
      return prompt + "/" + answer;
    }
  }

  DrawLoop(
      KimiVl model,
      ContinuousBatchingEngine engine,
      int count,
      IntFunction<Prompt> prompts,
      Drawing drawing) {
    this.model = model;
    this.engine = engine;
    this.prompts = prompts;
    this.drawing = drawing;
    this.answers = new DrawnAnswer[count][drawing.answers()];
    this.ids = new int[count][];
    this.samples = new String[count];
    this.refusals = new String[count];
  }

  List<Drawn> run(int maxRunning) {
    while (nextPrompt < answers.length || !running.isEmpty()) {
      while (nextPrompt < answers.length && running.size() < maxRunning) {
        submitNext();
      }
      if (!running.isEmpty()) {
        engine.step().finished().forEach(this::finish);
      }
    }
    List<Drawn> all = new ArrayList<>();
    for (int p = 0; p < answers.length; p++) {
      all.add(
          refusals[p] == null
              ? new Drawn.Answers(Arrays.asList(answers[p]))
              : new Drawn.Refused(refusals[p]));
    }
    return all;
  }

  private void submitNext() {
    Place place = new Place(nextPrompt, nextAnswer);
    try {
      if (open == null) {
        open = prompts.apply(place.prompt());
        samples[place.prompt()] = open.id();
      }
      engine.submit(engine.prepare(request(place)));
      if (ids[place.prompt()] == null) {
        ids[place.prompt()] = ids(open);
      }
      running.put(place.name(), place);
      nextAnswer++;
    } catch (SampleException e) {
      refuse(place, e.getMessage());
    } catch (RequestRejectedException e) {
      refuse(place, "sample " + open.id() + " cannot be asked: " + e.getMessage());
    }
    if (nextAnswer == drawing.answers()) {
      open = null;
      nextAnswer = 0;
      nextPrompt++;
    }
  }

  private void refuse(Place place, String reason) {
    refusals[place.prompt()] = reason;
    nextAnswer = drawing.answers();
  }

  private GenerationRequest request(Place place) {
    SamplingParameters sampling =
        new SamplingParameters(
            (float) drawing.temperature(), 1f, drawing.seed(open.id(), place.answer()), false);
    return new GenerationRequest(
        place.name(), open.messages(), sampling, drawing.maxNewTokens(), NOTHING);
  }

  private void finish(Progress finished) {
    Place place = running.remove(finished.id());
    engine.release(finished.id());
    int prompt = place.prompt();
    if (finished.finishReason() == FinishReason.ERROR) {
      refusals[prompt] = "sample " + samples[prompt] + " cannot be answered: " + finished.error();
      return;
    }
    answers[prompt][place.answer()] =
        new DrawnAnswer(
            ids[prompt],
            finished.tokens(),
            model.tokenizer().visibleText(finished.tokens()),
            finished.finishReason() == FinishReason.STOP);
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
}

package dev.moonflow.training.evaluation.run;

import dev.moonflow.kernels.RgbImage;
import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.ContentPart;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.heldout.PageReader;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Judgement;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Reads whole pages as the product reads documents: the layout step finds the lines, the model
 * reads each, several at once. Used by one thread.
 */
public final class PageRunner {
  private static final int[] NOTHING = {};

  private final KimiVl model;
  private final TaskDefinition task;
  private final RunSettings settings;
  private final PromptBuilder prompts;

  /** A runner of one task whose items show a page each. */
  public PageRunner(KimiVl model, TaskDefinition task, RunSettings settings) {
    this.model = model;
    this.task = task;
    this.settings = settings;
    this.prompts = new PromptBuilder(task);
  }

  /** Whether a task's items are pages to be read line by line. */
  public static boolean isFor(TaskDefinition task) {
    return task.setting("reading", "").equals("lines");
  }

  /** What was read so far of one page. */
  private static final class Reading {
    final List<String> lines;
    String error = "";
    boolean cutOff;
    int promptTokens;
    int tokens;

    Reading(int lines) {
      this.lines = new ArrayList<>(Collections.nCopies(lines, ""));
    }

    void fail(String problem) {
      error = error.isEmpty() ? problem : error;
    }
  }

  /** Reads what was not read before; as {@link TaskRunner#run}. */
  public void run(
      ItemSource items, BiPredicate<Integer, String> answeredBefore, Consumer<Answered> sink) {
    try (ContinuousBatchingEngine engine = model.newEngine(settings.engineLimits())) {
      for (int index = 0; index < settings.items() && items.hasNext(); index++) {
        Entry entry = items.next();
        if (!answeredBefore.test(index, entry.id())) {
          sink.accept(read(engine, index, page(entry)));
        }
      }
    }
  }

  private static Item page(Entry entry) {
    if (entry instanceof Item item && item.media().size() == 1) {
      return item;
    }
    throw new EvaluationException("the item " + entry.id() + " is no single page.");
  }

  private Answered read(ContinuousBatchingEngine engine, int index, Item item) {
    PageReader page = new PageReader(item.media().get(0).images(task.media()).get(0));
    List<RgbImage> lines = page.lines();
    Reading reading = new Reading(lines.size());
    int next = 0;
    int running = 0;
    while (next < lines.size() || running > 0) {
      while (next < lines.size() && running < settings.inFlight()) {
        running += submit(engine, item, lines.get(next), next, reading) ? 1 : 0;
        next++;
      }
      if (running > 0) {
        for (Progress finished : engine.step().finished()) {
          engine.release(finished.id());
          finish(finished, reading);
          running--;
        }
      }
    }
    return answered(index, item, page.text(reading.lines), reading);
  }

  private boolean submit(
      ContinuousBatchingEngine engine, Item item, RgbImage line, int number, Reading reading) {
    Message asked =
        new Message(
            "user",
            Arrays.asList(new ContentPart.Image(line), new ContentPart.Text(prompts.text(item))));
    SamplingParameters sampling =
        new SamplingParameters(
            task.generation().temperature(), task.generation().topP(), settings.seed(), false);
    try {
      engine.submit(
          engine.prepare(
              new GenerationRequest(
                  Integer.toString(number),
                  List.of(asked),
                  sampling,
                  task.generation().maxNewTokens(),
                  NOTHING)));
      return true;
    } catch (RequestRejectedException e) {
      reading.fail("line %d: %s".formatted(number + 1, e.getMessage()));
      return false;
    }
  }

  private void finish(Progress finished, Reading reading) {
    int line = Integer.parseInt(finished.id());
    if (finished.finishReason() == FinishReason.ERROR) {
      reading.fail("line %d: %s".formatted(line + 1, finished.error()));
      return;
    }
    reading.lines.set(line, model.answer(finished.tokens()).text());
    reading.cutOff |= finished.finishReason() == FinishReason.LENGTH;
    reading.promptTokens += finished.promptTokens();
    reading.tokens += finished.tokens().length;
  }

  private Answered answered(int index, Item item, String text, Reading reading) {
    boolean failed = !reading.error.isEmpty();
    Judgement worth =
        failed ? task.judge().missing(item.target()) : task.judge().judge(text, item.target());
    return new Answered(
        index,
        item.id(),
        item.target().describe(),
        failed ? "" : text,
        failed ? "" : worth.found(),
        worth.portion().part(),
        worth.portion().whole(),
        failed ? "error" : reading.cutOff ? "length" : "stop",
        reading.promptTokens,
        reading.tokens,
        item.groups(),
        reading.error);
  }
}

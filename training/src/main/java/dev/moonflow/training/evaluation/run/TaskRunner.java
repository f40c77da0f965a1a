package dev.moonflow.training.evaluation.run;

import dev.moonflow.model.KimiVl;
import dev.moonflow.model.chat.Message;
import dev.moonflow.model.engine.ContinuousBatchingEngine;
import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.GenerationRequest;
import dev.moonflow.model.engine.PreparedRequest;
import dev.moonflow.model.engine.Progress;
import dev.moonflow.model.engine.RequestRejectedException;
import dev.moonflow.model.engine.SamplingParameters;
import dev.moonflow.training.evaluation.EvaluationException;
import dev.moonflow.training.evaluation.item.DamagedItem;
import dev.moonflow.training.evaluation.item.Entry;
import dev.moonflow.training.evaluation.item.Item;
import dev.moonflow.training.evaluation.item.ItemSource;
import dev.moonflow.training.evaluation.metric.Judgement;
import dev.moonflow.training.evaluation.statistics.Portion;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Asks a model the items of one task, several at once. What is answered does not depend on how many
 * are in flight: the engine's answers do not. Used by one thread.
 */
public final class TaskRunner {
  private static final int[] NOTHING = {};

  private final KimiVl model;
  private final TaskDefinition task;
  private final RunSettings settings;
  private final PromptBuilder prompts;

  /** A runner of one task. */
  public TaskRunner(KimiVl model, TaskDefinition task, RunSettings settings) {
    this.model = model;
    this.task = task;
    this.settings = settings;
    this.prompts = new PromptBuilder(task);
  }

  /** An item in the engine. */
  private record Asked(int index, Item item) {}

  /**
   * Asks what was not answered before.
   *
   * @param answeredBefore whether the item at an index, of an id, has its answer already
   * @param sink is handed answers as they come, in no order
   */
  public void run(
      ItemSource items, BiPredicate<Integer, String> answeredBefore, Consumer<Answered> sink) {
    Map<String, Asked> running = new HashMap<>();
    try (ContinuousBatchingEngine engine = model.newEngine(settings.engineLimits())) {
      int index = 0;
      boolean more = true;
      while (more || !running.isEmpty()) {
        while (more && running.size() < settings.inFlight()) {
          more = index < settings.items() && items.hasNext();
          if (more) {
            Entry entry = items.next();
            if (!answeredBefore.test(index, entry.id())) {
              begin(engine, index, entry, running, sink);
            }
            index++;
          }
        }
        for (Progress finished : engine.step().finished()) {
          Asked asked = running.remove(finished.id());
          engine.release(finished.id());
          sink.accept(answered(asked, finished));
        }
      }
    }
  }

  /** How many items a run of a source has, where that is known. */
  public OptionalInt count(ItemSource items) {
    return items.count().isPresent()
        ? OptionalInt.of(Math.min(items.count().getAsInt(), settings.items()))
        : OptionalInt.empty();
  }

  private void begin(
      ContinuousBatchingEngine engine,
      int index,
      Entry entry,
      Map<String, Asked> running,
      Consumer<Answered> sink) {
    if (entry instanceof DamagedItem damaged) {
      Portion worst = new Portion(task.judge().isErrorRate() ? 1 : 0, 1);
      sink.accept(failed(index, damaged.id(), "", worst, Map.of(), damaged.problem()));
      return;
    }
    Item item = (Item) entry;
    String id = Integer.toString(index);
    try {
      engine.submit(prepare(engine, id, item, index));
      running.put(id, new Asked(index, item));
    } catch (RequestRejectedException | EvaluationException e) {
      sink.accept(failed(index, item, e.getMessage()));
    }
  }

  private PreparedRequest prepare(ContinuousBatchingEngine engine, String id, Item item, int index)
      throws RequestRejectedException {
    // Each item draws from a stream of its own.
    long seed = settings.seed() * 0x9E3779B97F4A7C15L + index;
    SamplingParameters sampling =
        new SamplingParameters(
            task.generation().temperature(), task.generation().topP(), seed, false);
    int tokens = task.generation().maxNewTokens();
    if (task.generation().plain()) {
      int[] prompt = model.tokenizer().encode(prompts.text(item));
      return engine.prepareIds(id, prompt, List.of(), sampling, tokens, NOTHING);
    }
    List<Message> messages = List.of(new Message("user", prompts.parts(item)));
    return engine.prepare(new GenerationRequest(id, messages, sampling, tokens, NOTHING));
  }

  private Answered answered(Asked asked, Progress progress) {
    if (progress.finishReason() == FinishReason.ERROR) {
      return failed(asked.index(), asked.item(), progress.error());
    }
    Item item = asked.item();
    String text = model.answer(progress.tokens()).text();
    Judgement judgement = task.judge().judge(text, item.target());
    return new Answered(
        asked.index(),
        item.id(),
        item.target().describe(),
        text,
        judgement.found(),
        judgement.portion().part(),
        judgement.portion().whole(),
        progress.finishReason().name().toLowerCase(Locale.ROOT),
        progress.promptTokens(),
        progress.tokens().length,
        item.groups(),
        "");
  }

  private Answered failed(int index, Item item, String problem) {
    Portion worth = task.judge().missing(item.target()).portion();
    return failed(index, item.id(), item.target().describe(), worth, item.groups(), problem);
  }

  private static Answered failed(
      int index,
      String id,
      String target,
      Portion worth,
      Map<String, String> groups,
      String problem) {
    return new Answered(
        index, id, target, "", "", worth.part(), worth.whole(), "error", 0, 0, groups, problem);
  }
}

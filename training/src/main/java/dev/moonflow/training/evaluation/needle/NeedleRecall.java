package dev.moonflow.training.evaluation.needle;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.KimiVl;
import dev.moonflow.training.evaluation.item.ItemOpener;
import dev.moonflow.training.evaluation.run.Answered;
import dev.moonflow.training.evaluation.run.ModelUnderTest;
import dev.moonflow.training.evaluation.run.RunSettings;
import dev.moonflow.training.evaluation.run.TaskRunner;
import dev.moonflow.training.evaluation.task.Area;
import dev.moonflow.training.evaluation.task.Generation;
import dev.moonflow.training.evaluation.task.MediaBudget;
import dev.moonflow.training.evaluation.task.PromptTemplate;
import dev.moonflow.training.evaluation.task.TaskDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures needle recall of a checkpoint folder through the product's engine: what the long-context
 * stage shows before and after. A function of folder and settings.
 */
public final class NeedleRecall {
  /** The makers by the names that task definitions use as loaders. */
  public static final Map<String, ItemOpener> OPENERS =
      Map.of(
          "needle-text", NeedleItems.opener(NeedleKind.TEXT),
          "needle-video", NeedleItems.opener(NeedleKind.VIDEO));

  private static final int ANSWER_MARGIN = 64;
  private static final int IN_FLIGHT = 4;

  private NeedleRecall() {}

  /**
   * Text needles, one for each length and depth, asked for in a conversation.
   *
   * @param folder a checkpoint
   * @param lengths tokens of the prompts
   * @param depths from 0 to 1
   */
  public static NeedleReport measure(Path folder, int[] lengths, double[] depths, long seed) {
    return measure(
        folder,
        NeedleSettings.of(
            NeedleKind.TEXT,
            Arrays.stream(lengths).boxed().toList(),
            Arrays.stream(depths).boxed().toList(),
            seed));
  }

  /**
   * Loads a folder and measures it.
   *
   * @throws dev.moonflow.model.checkpoint.CheckpointException if the folder cannot be used
   */
  public static NeedleReport measure(Path folder, NeedleSettings settings) {
    try (ModelUnderTest model = ModelUnderTest.load(folder, DeviceChoice.AUTO)) {
      return measure(model.model(), settings);
    }
  }

  /** Measures a loaded model. */
  public static NeedleReport measure(KimiVl model, NeedleSettings settings) {
    int longest = settings.lengths().stream().mapToInt(Integer::intValue).max().orElseThrow();
    RunSettings run =
        new RunSettings(
            Integer.MAX_VALUE,
            IN_FLIGHT,
            longest + ANSWER_MARGIN + settings.maxNewTokens(),
            RunSettings.DEFAULT.patchesMax(),
            settings.seed());
    List<Answered> answers = new ArrayList<>();
    new TaskRunner(model, task(settings), run)
        .run(
            new NeedleItems(settings, ModelUnderTest.costs(model)),
            (index, id) -> false,
            answers::add);
    answers.sort((a, b) -> Integer.compare(a.index(), b.index()));
    return report(settings, answers);
  }

  private static TaskDefinition task(NeedleSettings settings) {
    return new TaskDefinition(
        "needle",
        "Needle in a haystack",
        settings.kind() == NeedleKind.TEXT ? Area.LONG_DOCUMENT : Area.LONG_VIDEO,
        "needle-recall",
        "needle",
        null,
        new PromptTemplate("{hint}\n{question}", null),
        new Generation(settings.maxNewTokens(), 0f, 1f, settings.plain()),
        MediaBudget.DEFAULT,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static NeedleReport report(NeedleSettings settings, List<Answered> answers) {
    Map<Integer, int[]> counts = new TreeMap<>();
    for (Answered answer : answers) {
      int[] cell = counts.computeIfAbsent(answer.index() / settings.repeats(), c -> new int[2]);
      cell[0] += answer.part() == 1 ? 1 : 0;
      cell[1]++;
    }
    List<NeedleReport.Cell> cells = new ArrayList<>();
    int depths = settings.depths().size();
    counts.forEach(
        (cell, count) ->
            cells.add(
                new NeedleReport.Cell(
                    settings.lengths().get(cell / depths),
                    settings.depths().get(cell % depths),
                    count[0],
                    count[1])));
    List<String> problems =
        answers.stream().filter(Answered::failed).map(a -> a.id() + ": " + a.error()).toList();
    return new NeedleReport(cells, problems);
  }
}

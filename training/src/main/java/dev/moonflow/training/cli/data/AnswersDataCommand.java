package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.answer.AnswerJob;
import dev.moonflow.training.data.job.answer.AnswerRecipe;
import dev.moonflow.training.data.job.answer.AnswerRecipe.Keep;
import dev.moonflow.training.data.job.answer.AnswerSummary;
import dev.moonflow.training.rollout.CheckpointSampler;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.answer.Checkers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow data answers}. */
@Command(
    name = "answers",
    header = "Let a model answer conversations several times and keep the good answers.",
    description = {
      "%nMakes instruction data (--keep best: the answer nearest to the known one, or the most"
          + " typical where none is known) and reasoning data (--keep verified: the answers that a"
          + " checker accepts). An answer that met --max-tokens is never kept.",
      "%nOUT/outcomes has a line for every conversation, kept or not and why; OUT/summary.json"
          + " counts them. Started again after a kill, it makes the shards that are missing, byte"
          + " for byte as they would have been."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  moonflow data answers --in asked --model models/moonlet --keep best --out sft",
      "  moonflow data answers --in sums --model DIR --keep verified --most 4 --out cot"
    })
public final class AnswersDataCommand implements Callable<Integer> {
  private static final int NOTHING_KEPT = 1;
  private static final int PER_SHARD = 100;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "DIR",
      description = "Folder of shards with conversations.")
  private Path in;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the checkpoint that answers.")
  private Path model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for the shards, in the order of the input; one that was begun by the same command"
              + " is gone on with.")
  private Path out;

  @Option(names = "--keep", required = true, paramLabel = "WHAT", description = "best or verified.")
  private String keep;

  @Option(
      names = "--samples",
      paramLabel = "K",
      description = "Answers to each conversation (default: ${DEFAULT-VALUE}).")
  private int samples = 8;

  @Option(
      names = "--checker",
      paramLabel = "NAME",
      description =
          "Which answers are right: exact, numeric, choice, normalised, or auto, the one that each"
              + " example asks for or that fits its answer (default: ${DEFAULT-VALUE}).")
  private String checker = "auto";

  @Option(
      names = "--most",
      paramLabel = "N",
      description =
          "Verified answers of a conversation, different ones, the shortest first; 0 for all"
              + " (default: ${DEFAULT-VALUE}).")
  private int most = 1;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "From 0 to 2 (default: ${DEFAULT-VALUE}).")
  private double temperature = 0.8;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Tokens of an answer at most (default: ${DEFAULT-VALUE}).")
  private int maxTokens = 1024;

  @Option(
      names = "--context",
      paramLabel = "N",
      description = "Tokens of prompt and answer at most (default: ${DEFAULT-VALUE}).")
  private int context = 32_768;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--per-shard",
      paramLabel = "N",
      description =
          "Conversations of the input behind one shard; a kill loses the work on one (default:"
              + " ${DEFAULT-VALUE}).")
  private int perShard = PER_SHARD;

  @Override
  public Integer call() {
    return JobRun.guarded(this::run);
  }

  private int run() throws Exception {
    if (temperature == 0 && samples > 1) {
      throw new SampleException(
          "at --temperature 0 all answers are the same; raise it or give --samples 1");
    }
    long start = System.nanoTime();
    AnswerRecipe recipe =
        new AnswerRecipe(
            in.toAbsolutePath().toString(), samples, keep(), checker(), most, seed, perShard);
    CheckpointSampler sampler =
        new CheckpointSampler(model.toAbsolutePath().toString(), temperature, maxTokens, context);
    AnswerJob job = new AnswerJob(recipe, sampler, out);
    AnswerSummary summary = JobRun.watched(job.folder(), () -> job.run(1));
    System.out.println(JobRun.made(out, Manifest.read(out), start));
    System.out.print(SummaryTable.of(summary, recipe.keep()));
    if (summary.kept() == 0) {
      System.err.println(
          "moonflow: no answer was kept; the table says why, and "
              + out.resolve("outcomes")
              + " for each conversation.");
      return NOTHING_KEPT;
    }
    return JobRun.OK;
  }

  private Keep keep() {
    return switch (keep) {
      case "best" -> Keep.BEST;
      case "verified" -> Keep.VERIFIED;
      default -> throw new SampleException("--keep must be best or verified, not \"" + keep + "\"");
    };
  }

  /** Null for auto. */
  private Checkers checker() {
    if (checker.equals("auto")) {
      return null;
    }
    return Arrays.stream(Checkers.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(checker))
        .findAny()
        .orElseThrow(
            () ->
                new SampleException(
                    "--checker must be exact, numeric, choice, normalised or auto, not \""
                        + checker
                        + "\""));
  }
}

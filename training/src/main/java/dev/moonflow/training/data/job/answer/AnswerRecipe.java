package dev.moonflow.training.data.job.answer;

import dev.moonflow.training.data.answer.AnswerRanker;
import dev.moonflow.training.data.answer.Decision;
import dev.moonflow.training.data.answer.NearestAnswer;
import dev.moonflow.training.data.answer.Selection;
import dev.moonflow.training.sample.Digests;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.answer.Checker;
import dev.moonflow.training.sample.answer.Checkers;
import dev.moonflow.training.sample.answer.SampledAnswer;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything but the model that decides what is kept.
 *
 * @param input folder of shards
 * @param samples answers to each example, 1 to 1024
 * @param keep which of them
 * @param checker says which are right; null for the one that each example asks for
 * @param most verified answers of an example, the shortest first; 0 for all
 * @param seed of the answers
 * @param perShard examples of the input behind one shard of the output, at least 1
 */
public record AnswerRecipe(
    String input, int samples, Keep keep, Checkers checker, int most, long seed, int perShard)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SAMPLES_MAX = 1024;

  /** Which answers are kept. */
  public enum Keep {
    /** The one that ranks first: instruction data. */
    BEST,
    /** Those that a checker accepts: reasoning data by rejection sampling. */
    VERIFIED
  }

  public AnswerRecipe {
    if (samples < 1 || samples > SAMPLES_MAX) {
      throw new IllegalArgumentException(
          "samples must be from 1 to " + SAMPLES_MAX + ": " + samples);
    }
    if (most < 0 || perShard < 1) {
      throw new IllegalArgumentException(
          "answers kept cannot be negative and a shard needs at least 1 example: %d, %d"
              .formatted(most, perShard));
    }
  }

  /** SHA-256 of the recipe, the input's shards and the model: equal ones make equal folders. */
  String hash(Manifest read, String model) {
    StringBuilder text = new StringBuilder();
    text.append(samples).append(' ').append(keep).append(' ');
    text.append(checker == null ? "auto" : checker.name()).append(' ');
    text.append(most).append(' ').append(seed).append(' ').append(perShard).append('\n');
    read.shards().forEach(shard -> text.append(shard.sha256()).append('\n'));
    return Digests.hex(text.append(model).toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The folder that is read. */
  Path inputFolder() {
    return Path.of(input);
  }

  /** What is decided about an example whose answers these are. */
  Decision decide(Sample sample, List<SampledAnswer> answers) {
    return switch (keep) {
      case BEST -> Selection.best(sample, answers, ranker());
      case VERIFIED -> Selection.verified(sample, answers, checker(sample), most);
    };
  }

  private AnswerRanker ranker() {
    return new NearestAnswer(this::checker);
  }

  private Checker checker(Sample sample) {
    return checker == null ? Checkers.of(sample) : checker;
  }
}

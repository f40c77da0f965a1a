package dev.moonflow.training.data.job.answer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.moonflow.training.data.job.LocalBatch;
import dev.moonflow.training.data.job.OutputFolder;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.answer.SamplerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The graph of a recipe, and a run of it: this package's description draws it. */
public final class AnswerJob {
  private final AnswerRecipe recipe;
  private final SamplerFactory sampler;
  private final Manifest input;
  private final OutputFolder folder;

  /**
   * A job that writes what is kept into a folder.
   *
   * @throws SampleException if the input is no folder of shards
   */
  public AnswerJob(AnswerRecipe recipe, SamplerFactory sampler, Path folder) {
    this.recipe = recipe;
    this.sampler = sampler;
    this.input = Manifest.read(recipe.inputFolder());
    if (input.records() == 0) {
      throw new SampleException(recipe.input() + " holds no examples; there is nothing to ask");
    }
    long shards = (input.records() + recipe.perShard() - 1) / recipe.perShard();
    this.folder = OutputFolder.of(folder, Math.toIntExact(shards));
  }

  /** Where the shards go. */
  public OutputFolder folder() {
    return folder;
  }

  /**
   * Runs it in this process. A folder that is finished is left as it is; one that was begun from
   * the same recipe, input and model is gone on with.
   *
   * @param parallelism subtasks, at least 1, each with a model of its own; decides nothing but the
   *     time
   * @throws SampleException in one sentence
   */
  public AnswerSummary run(int parallelism) throws IOException {
    String hash = recipe.hash(input, sampler.identity());
    if (folder.claim(hash)) {
      return summary();
    }
    StreamExecutionEnvironment environment = LocalBatch.environment(parallelism);
    build(environment);
    LocalBatch.execute(environment, "moonflow data answers");
    AnswerSummary summary = summary();
    Files.write(
        Path.of(folder.path()).resolve(AnswerSummary.FILE),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(summary));
    folder.finish(recipe.seed(), hash);
    return summary;
  }

  /** The graph alone, for a cluster. */
  public void build(StreamExecutionEnvironment environment) {
    OutputFolder to = folder;
    environment
        .fromSequence(0, folder.shards() - 1L)
        .filter(shard -> !to.isFinished(Math.toIntExact(shard)))
        .flatMap(new AnswerShards(recipe, sampler, folder))
        .returns(Types.LONG)
        .name("answer")
        .sinkTo(new DiscardingSink<>());
  }

  private AnswerSummary summary() {
    List<OutcomeLine> lines = new ArrayList<>();
    OutcomeFiles files = OutcomeFiles.in(folder);
    for (int shard = 0; shard < folder.shards(); shard++) {
      lines.addAll(files.read(shard));
    }
    return AnswerSummary.of(lines);
  }
}

package dev.moonflow.training.data.job.answer;

import dev.moonflow.training.data.answer.Decision;
import dev.moonflow.training.data.answer.Outcome;
import dev.moonflow.training.data.answer.Selection;
import dev.moonflow.training.data.job.OutputFolder;
import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import dev.moonflow.training.sample.ShardSet;
import dev.moonflow.training.sample.ShardWriter;
import dev.moonflow.training.sample.answer.AnswerSampler;
import dev.moonflow.training.sample.answer.Sampled;
import dev.moonflow.training.sample.answer.SamplerFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Makes the shards whose numbers come in; the model is loaded for the first that is missing. */
final class AnswerShards extends RichFlatMapFunction<Long, Long> {
  private static final long serialVersionUID = 1L;

  private final AnswerRecipe recipe;
  private final SamplerFactory factory;
  private final OutputFolder folder;
  private transient AnswerSampler sampler;
  private transient ShardSet input;

  AnswerShards(AnswerRecipe recipe, SamplerFactory factory, OutputFolder folder) {
    this.recipe = recipe;
    this.factory = factory;
    this.folder = folder;
  }

  @Override
  public void flatMap(Long shard, Collector<Long> out) {
    int number = Math.toIntExact(shard);
    if (folder.isFinished(number)) {
      return;
    }
    if (sampler == null) {
      input = ShardSet.open(recipe.inputFolder());
      sampler = factory.open();
    }
    long from = (long) number * recipe.perShard();
    List<Sample> samples = new ArrayList<>();
    for (long i = from; i < Math.min(from + recipe.perShard(), input.size()); i++) {
      samples.add(input.get(i));
    }
    write(number, samples, decide(samples));
    out.collect(shard);
  }

  private List<Decision> decide(List<Sample> samples) {
    List<Sample> asked =
        samples.stream().filter(sample -> askable(sample) == Outcome.KEPT).toList();
    List<Sampled> sampled = sampler.answers(asked, recipe.samples(), recipe.seed());
    List<Decision> decisions = new ArrayList<>();
    int next = 0;
    for (Sample sample : samples) {
      Outcome before = askable(sample);
      if (before != Outcome.KEPT) {
        decisions.add(new Decision(before, "", 0, 0, List.of()));
      } else if (sampled.get(next++) instanceof Sampled.Refused refused) {
        decisions.add(new Decision(Outcome.REFUSED, refused.reason(), 0, 0, List.of()));
      } else {
        decisions.add(recipe.decide(sample, ((Sampled.Answers) sampled.get(next - 1)).all()));
      }
    }
    return decisions;
  }

  /** KEPT if the model can be asked, so far as the example says. */
  private Outcome askable(Sample sample) {
    if (!Selection.asks(sample)) {
      return Outcome.ASKS_NOTHING;
    }
    boolean checked = recipe.keep() == AnswerRecipe.Keep.VERIFIED;
    return checked && sample.answer().isEmpty() ? Outcome.NOTHING_TO_CHECK : Outcome.KEPT;
  }

  private void write(int shard, List<Sample> samples, List<Decision> decisions) {
    try {
      OutcomeFiles.in(folder).write(shard, samples, decisions);
      try (ShardWriter writer = new ShardWriter(folder.file(shard))) {
        for (Decision decision : decisions) {
          for (Sample sample : decision.kept()) {
            writer.write(sample);
          }
        }
        writer.finish();
      }
    } catch (IOException e) {
      throw new SampleException(
          "shard %s cannot be written (%s); make room or rights there and start again"
              .formatted(folder.file(shard), FileProblem.words(e)),
          e);
    }
  }

  @Override
  public void close() {
    if (sampler != null) {
      sampler.close();
      input.close();
    }
  }
}

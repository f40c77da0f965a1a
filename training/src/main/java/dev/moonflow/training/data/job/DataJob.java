package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.Buckets;
import dev.moonflow.training.data.filter.Fingerprint;
import dev.moonflow.training.data.filter.StableOrder;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** The graph of a recipe, and a run of it: this package's description draws it. */
public final class DataJob {
  private final DataRecipe recipe;
  private final OutputFolder folder;
  private final ShardPlace place;

  /** A job that writes a recipe's examples into a folder. */
  public DataJob(DataRecipe recipe, Path folder) {
    this.recipe = recipe;
    this.folder = OutputFolder.of(folder, recipe.shards());
    this.place = new ShardPlace(this.folder, recipe.seed());
  }

  /**
   * Runs it in this process. A folder that is finished is left as it is; one that was begun from
   * the same recipe is gone on with.
   *
   * @param parallelism subtasks of each operator, at least 1; decides nothing but the time
   * @return what the folder holds
   * @throws SampleException in one sentence
   */
  public Manifest run(int parallelism) throws IOException {
    if (folder.claim(recipe.hash())) {
      return Manifest.read(Path.of(folder.path()));
    }
    StreamExecutionEnvironment environment = LocalBatch.environment(parallelism);
    build(environment);
    LocalBatch.execute(environment, "moonflow data");
    return folder.finish(recipe.seed(), recipe.hash());
  }

  /** The graph alone, for a cluster. */
  public void build(StreamExecutionEnvironment environment) {
    DataStream<Sample> samples =
        Origins.open(environment, recipe, place)
            .flatMap(new Refinement(recipe))
            .returns(SampleSerializer.TYPE)
            .name("refine");
    DataRecipe.Filters filters = recipe.filters();
    if (filters.duplicates()) {
      samples = without(samples, duplicates(samples, recipe.seed()));
    }
    if (filters.perTopic() > 0) {
      samples = without(samples, surplus(samples, Buckets::topic, filters.perTopic()));
    }
    if (filters.perResolution() > 0) {
      samples = without(samples, surplus(samples, Buckets::resolution, filters.perResolution()));
    }
    ShardPlace to = place;
    samples
        .filter(sample -> !to.isFinished(to.of(sample.id())))
        .keyBy(sample -> to.of(sample.id()), Types.INT)
        .process(new ShardFunction(to), Types.INT)
        .name("write shards")
        .sinkTo(new DiscardingSink<>());
  }

  private static DataStream<String> duplicates(DataStream<Sample> samples, long seed) {
    return samples
        .flatMap(
            (Sample sample, Collector<Tuple2<Long, Fingerprint>> out) -> {
              Fingerprint print = Fingerprint.of(sample, seed);
              for (long key : print.keys()) {
                out.collect(Tuple2.of(key, print));
              }
            })
        .returns(DuplicateGroups.TYPE)
        .keyBy(each -> each.f0, Types.LONG)
        .process(new DuplicateGroups(), Types.STRING)
        .name("find duplicates");
  }

  /** What an example is counted under. */
  private interface Bucket extends Function<Sample, String>, Serializable {}

  private DataStream<String> surplus(DataStream<Sample> samples, Bucket bucket, long most) {
    long seed = recipe.seed();
    return samples
        .map(
            sample ->
                Tuple3.of(bucket.apply(sample), StableOrder.key(sample.id(), seed), sample.id()))
        .returns(Quota.TYPE)
        .keyBy(each -> each.f0, Types.STRING)
        .process(new Quota(most), Types.STRING)
        .name("find surplus");
  }

  private static DataStream<Sample> without(
      DataStream<Sample> samples, DataStream<String> removed) {
    return samples
        .keyBy(Sample::id, Types.STRING)
        .connect(removed.keyBy(id -> id, Types.STRING))
        .process(new Removal(), SampleSerializer.TYPE)
        .name("remove");
  }
}

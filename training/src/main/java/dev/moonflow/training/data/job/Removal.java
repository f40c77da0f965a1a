package dev.moonflow.training.data.job;

import dev.moonflow.training.data.filter.ContentHash;
import dev.moonflow.training.sample.Sample;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Examples, without those whose id was named. Of examples with the same id one stays: that with the
 * lowest hash of its content, so that it is the same one in every run.
 */
final class Removal extends KeyedCoProcessFunction<String, Sample, String, Sample> {
  private static final long serialVersionUID = 1L;

  private transient ValueState<Sample> kept;
  private transient ValueState<Boolean> removed;

  @Override
  public void open(OpenContext context) {
    kept = getRuntimeContext().getState(new ValueStateDescriptor<>("kept", SampleSerializer.TYPE));
    removed = getRuntimeContext().getState(new ValueStateDescriptor<>("removed", Types.BOOLEAN));
  }

  @Override
  public void processElement1(Sample sample, Context context, Collector<Sample> out)
      throws Exception {
    Sample other = kept.value();
    if (other == null || ContentHash.of(sample).compareTo(ContentHash.of(other)) < 0) {
      kept.update(sample);
    }
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void processElement2(String id, Context context, Collector<Sample> out) throws Exception {
    removed.update(true);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Sample> out) throws Exception {
    if (kept.value() != null && removed.value() == null) {
      out.collect(kept.value());
    }
    kept.clear();
    removed.clear();
  }
}

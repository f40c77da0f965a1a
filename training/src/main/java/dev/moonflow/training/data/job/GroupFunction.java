package dev.moonflow.training.data.job;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sees all elements of a key at once, when the input has ended. The elements come in no particular
 * order: whoever uses this sorts.
 */
abstract class GroupFunction<K, I, O> extends KeyedProcessFunction<K, I, O> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<I> type;
  private transient ListState<I> elements;

  GroupFunction(TypeInformation<I> type) {
    this.type = type;
  }

  abstract void group(K key, List<I> group, Collector<O> out) throws Exception;

  @Override
  public void open(OpenContext context) throws Exception {
    elements = getRuntimeContext().getListState(new ListStateDescriptor<>("elements", type));
  }

  @Override
  public void processElement(I element, Context context, Collector<O> out) throws Exception {
    elements.add(element);
    // The end of a bounded input is the end of time.
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<O> out) throws Exception {
    List<I> group = new ArrayList<>();
    elements.get().forEach(group::add);
    elements.clear();
    group(context.getCurrentKey(), group, out);
  }
}

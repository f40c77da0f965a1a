package dev.moonflow.jobs.seen;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PromptPart;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import dev.moonflow.jobs.seen.SeenImages.NotSeenException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the images that pass and puts them into the questions that refer to them. Keyed by source
 * id; the package's description tells its state.
 */
public final class SeenFunction
    extends KeyedProcessFunction<String, PerceptionRequest, PerceptionRequest> {
  /** Side output of questions that refer to nothing. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("seen-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;
  private static final long WAITING_MAX = 1_000;

  /** Timers are set for whole seconds, so that many images share one. */
  private static final long TIMER_MILLIS = 1_000;

  private static final ValueStateDescriptor<SeenIndex> INDEX =
      new ValueStateDescriptor<>("index", SeenIndexSerializer.INSTANCE);

  private static final MapStateDescriptor<Long, WaitingQuestion> WAITING =
      new MapStateDescriptor<>(
          "waiting", LongSerializer.INSTANCE, WaitingQuestionSerializer.INSTANCE);

  private final SeenSettings settings;
  private transient ValueState<SeenIndex> indexState;
  private transient MapState<Long, WaitingQuestion> waiting;
  private transient SeenImages images;
  private transient Counter found;
  private transient Counter missing;

  /** A function under these settings. */
  public SeenFunction(SeenSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    indexState = getRuntimeContext().getState(INDEX);
    waiting = getRuntimeContext().getMapState(WAITING);
    images = new SeenImages(getRuntimeContext(), settings);
    found = getRuntimeContext().getMetricGroup().counter("seen_found_total");
    missing = getRuntimeContext().getMetricGroup().counter("seen_missing_total");
  }

  @Override
  public void processElement(
      PerceptionRequest request, Context context, Collector<PerceptionRequest> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    SeenIndex index = index();
    if (request.subject().kind() == RequestKind.QUESTION) {
      store(question(index, request, now, context, out));
      return;
    }
    out.collect(request.subject().kind() == RequestKind.SHEET ? withoutImage(request) : request);
    SeenIndex kept = images.keep(index, request, now);
    if (!kept.equals(index)) {
      setTimer(now + settings.keep().toMillis(), context);
    }
    store(letGo(kept, now, context, out));
  }

  /** A sheet needs no pixels behind us: it brought them only to be kept. */
  private static PerceptionRequest withoutImage(PerceptionRequest sheet) {
    return new PerceptionRequest(
        sheet.subject(), sheet.source(), List.of(), sheet.sampling(), sheet.maxNewTokens());
  }

  private SeenIndex question(
      SeenIndex index,
      PerceptionRequest question,
      long now,
      Context context,
      Collector<PerceptionRequest> out)
      throws Exception {
    if (!index.anyWaiting()) {
      if (!refers(question)) {
        out.collect(question);
        return index;
      }
      if (answered(index, question, now, Long.MAX_VALUE, context, out)) {
        return index;
      }
    } else if (index.nextWaiting() - index.firstWaiting() >= WAITING_MAX) {
      emitDeadLetter(
          question,
          new FieldRejectedException(
              "source_id", "has " + WAITING_MAX + " questions that wait for events already"),
          context);
      return index;
    }
    long expiry = now + settings.patience().toMillis();
    waiting.put(index.nextWaiting(), new WaitingQuestion(expiry, question));
    setTimer(expiry, context);
    return index.withWaiting(index.firstWaiting(), index.nextWaiting() + 1);
  }

  private static boolean refers(PerceptionRequest question) {
    return question.messages().stream()
        .flatMap(message -> message.parts().stream())
        .anyMatch(PromptPart.Seen.class::isInstance);
  }

  /** Whether a question has left, complete or as a dead letter; else it has to wait. */
  private boolean answered(
      SeenIndex index,
      PerceptionRequest question,
      long now,
      long expiry,
      Context context,
      Collector<PerceptionRequest> out)
      throws Exception {
    try {
      PerceptionRequest complete = images.resolve(index, question, now);
      found.inc(refers(question) ? 1 : 0);
      out.collect(complete);
      return true;
    } catch (NotSeenException e) {
      if (expiry > now) {
        return false;
      }
      missing.inc();
      emitDeadLetter(question, e, context);
      return true;
    } catch (FieldRejectedException e) {
      emitDeadLetter(question, e, context);
      return true;
    }
  }

  /** Lets waiting questions leave in their order, up to the first that has to wait on. */
  private SeenIndex letGo(
      SeenIndex index, long now, Context context, Collector<PerceptionRequest> out)
      throws Exception {
    long first = index.firstWaiting();
    while (first < index.nextWaiting()) {
      WaitingQuestion question = waiting.get(first);
      if (!answered(index, question.request(), now, question.expiryMillis(), context, out)) {
        break;
      }
      waiting.remove(first++);
    }
    return index.withWaiting(first, index.nextWaiting());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<PerceptionRequest> out)
      throws Exception {
    long now = Math.max(timestamp, context.timerService().currentProcessingTime());
    store(letGo(images.expire(index(), now), now, context, out));
  }

  private static void setTimer(long expiry, Context context) {
    long second = (expiry / TIMER_MILLIS + 1) * TIMER_MILLIS;
    context.timerService().registerProcessingTimeTimer(second);
  }

  private SeenIndex index() throws Exception {
    SeenIndex index = indexState.value();
    return index == null ? SeenIndex.EMPTY : index;
  }

  private void store(SeenIndex index) throws Exception {
    if (index.isEmpty()) {
      indexState.clear();
    } else {
      indexState.update(index);
    }
  }

  private void emitDeadLetter(PerceptionRequest question, Exception why, Context context) {
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    DeadLetter letter = DeadLetter.of(question.source(), Stage.LOOK_UP_SEEN.label(), why);
    context.output(
        DEAD_LETTERS,
        letter.toOutputRecord(settings.deadLetterTopic(), settings.jobName(), subtask));
  }
}

package dev.moonflow.jobs.video;

import dev.moonflow.connectors.deadletter.DeadLetter;
import dev.moonflow.connectors.kafka.OutputRecord;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaRejectedException;
import dev.moonflow.jobs.ingest.EventSeed;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.RequestKind;
import dev.moonflow.jobs.ingest.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Frames to one request per window and stream. Keyed by stream id; the package's description tells
 * its clock and its state.
 */
public final class VideoFunction
    extends KeyedProcessFunction<String, PerceptionRequest, PerceptionRequest> {
  /** Side output of frames that are corrupt, too large or late. */
  public static final OutputTag<OutputRecord> DEAD_LETTERS =
      new OutputTag<>("video-dead-letters", OutputRecord.TYPE);

  private static final long serialVersionUID = 1L;
  private static final int LEVELS = 255;

  /** Timers are set for whole seconds, and a stream has one at a time. */
  private static final long TIMER_MILLIS = 1_000;

  private final VideoSettings settings;
  private transient StreamStore store;
  private transient WindowRequests requests;
  private transient VideoMetrics metrics;

  /**
   * When this subtask began to work: what a stream said while the job was down is still to be read,
   * so that silence before it does not count.
   */
  private transient long opened;

  /** A function under these settings. */
  public VideoFunction(VideoSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    store = new StreamStore(getRuntimeContext(), settings);
    requests = new WindowRequests(settings);
    metrics = new VideoMetrics(getRuntimeContext().getMetricGroup());
    opened = Long.MIN_VALUE;
  }

  @Override
  public void processElement(
      PerceptionRequest frame, Context context, Collector<PerceptionRequest> out) throws Exception {
    Optional<StreamMemory> known = store.read();
    if (frame.subject().kind() == RequestKind.STREAM_END) {
      end(known, context, out);
      return;
    }
    metrics.frames.inc();
    long time = frame.subject().eventTimeMillis();
    if (known.isPresent()
        && Math.abs((double) time - known.get().clock()) > settings.keep().toMillis()) {
      end(known, context, out);
      known = Optional.empty();
    }
    long now = context.timerService().currentProcessingTime();
    opened = opened == Long.MIN_VALUE ? now : opened;
    StreamMemory memory =
        known.isPresent()
            ? known.get()
            : StreamMemory.begin(time, frame.subject().frameIndex(), now);
    try {
      memory = add(memory, frame, now);
    } catch (RefusedException e) {
      emitDeadLetter(frame, e, context);
    }
    if (memory.ids().length == 0) {
      return; // a stream whose first frame was refused has not begun
    }
    if (known.isEmpty() || known.get().windows().isEmpty()) {
      setTimer(now + settings.idle().toMillis(), context);
    }
    if (known.isEmpty()) {
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
    memory = closeUpTo(memory, memory.clock() - settings.lateness().toMillis(), context, out);
    while (memory.bytes() > settings.streamBytes()) {
      memory =
          memory.needsItsContext()
              ? closeFirst(memory, context, out)
              : store.withoutOldestContext(memory);
    }
    store.write(memory);
  }

  private StreamMemory add(StreamMemory memory, PerceptionRequest frame, long now)
      throws Exception {
    long id = EventSeed.of(frame.subject().eventId());
    if (memory.knows(id)) {
      metrics.duplicate.inc();
      return memory;
    }
    long time = frame.subject().eventTimeMillis();
    long start = settings.start(time);
    if (start + settings.window().toMillis() <= memory.closed()) {
      metrics.late.inc();
      throw new RefusedException(
          Stage.CHECK_TIME,
          new FieldRejectedException(
              "event_time",
              "lies in the window from "
                  + Instant.ofEpochMilli(start)
                  + ", which is closed: the stream has come to "
                  + Instant.ofEpochMilli(memory.clock())
                  + " (moonflow.video.lateness is "
                  + settings.lateness().toMillis()
                  + " ms)"));
    }
    byte[] sketch = sketch(frame);
    int gap = memory.gap(frame.subject().frameIndex());
    metrics.missing.inc(gap);
    boolean inOrder = time >= memory.clock();
    StreamMemory heard = found(memory, frame).heard(time, frame.subject().frameIndex(), id, now);
    OpenWindow window =
        heard.windows().stream()
            .filter(open -> open.start() == start)
            .findFirst()
            .orElse(OpenWindow.at(start, frame.source()));
    // A frame that is late is compared with nothing: what it followed is not known any more.
    int novelty =
        inOrder && memory.sketch().length > 0
            ? FrameSketch.difference(memory.sketch(), sketch)
            : LEVELS;
    if (novelty < settings.novelty() * LEVELS) {
      metrics.skipped.inc();
      return heard.with(window.withSkipped(gap, WindowRequests.bare(frame.source())));
    }
    int bytes = WindowRequests.image(frame).file().length();
    KeptFrame kept = new KeptFrame(heard.nextNumber(), time, novelty, bytes);
    store.add(kept, frame);
    OpenWindow wider = window.with(kept, gap, WindowRequests.bare(frame.source()));
    StreamStore.Bounded bounded =
        store.bound(heard.sketched(inOrder ? sketch : memory.sketch()).with(wider), wider);
    metrics.displaced.inc(bounded.displaced());
    return bounded.memory();
  }

  /** A frame that comes behind a later one was counted as missing. */
  private static StreamMemory found(StreamMemory memory, PerceptionRequest frame) {
    if (frame.subject().frameIndex() < memory.newestIndex()
        && frame.subject().eventTimeMillis() <= memory.clock()) {
      for (OpenWindow window : memory.windows()) {
        if (window.missing() > 0) {
          return memory.with(window.withOneFound());
        }
      }
    }
    return memory;
  }

  private byte[] sketch(PerceptionRequest frame) throws RefusedException {
    byte[] image = WindowRequests.image(frame).file().bytes();
    if (image.length > settings.streamBytes()) {
      throw new RefusedException(
          Stage.DECODE_FRAME,
          new FieldRejectedException(
              "frame",
              "has "
                  + image.length
                  + " bytes; moonflow.video.bytes-per-stream allows "
                  + settings.streamBytes()));
    }
    try {
      return FrameSketch.of(ImageReader.decode(image, settings.media()));
    } catch (MediaRejectedException e) {
      throw new RefusedException(Stage.DECODE_FRAME, e);
    }
  }

  private StreamMemory closeUpTo(
      StreamMemory memory, long time, Context context, Collector<PerceptionRequest> out)
      throws Exception {
    StreamMemory left = memory;
    while (!left.windows().isEmpty()
        && left.windows().get(0).start() + settings.window().toMillis() <= time) {
      left = closeFirst(left, context, out);
    }
    return left.closedUpTo(settings.start(time));
  }

  private StreamMemory closeFirst(
      StreamMemory memory, Context context, Collector<PerceptionRequest> out) throws Exception {
    String stream = context.getCurrentKey();
    OpenWindow window = memory.windows().get(0);
    List<PerceptionRequest> before = store.read(memory.context());
    if (window.kept().isEmpty()) {
      metrics.unchanged.inc();
      out.collect(requests.unchanged(stream, window, before.get(before.size() - 1)));
    } else {
      metrics.windows.inc();
      List<PerceptionRequest> shown = settings.contextFrames() == 0 ? List.of() : before;
      out.collect(
          requests.changed(stream, window, shown, store.read(window.kept()), !memory.captioned()));
    }
    return memory.closed(
        window.start() + settings.window().toMillis(), store.contextAfter(memory, window));
  }

  private StreamMemory closeAll(
      StreamMemory memory, Context context, Collector<PerceptionRequest> out) throws Exception {
    StreamMemory left = memory;
    while (!left.windows().isEmpty()) {
      left = closeFirst(left, context, out);
    }
    return left;
  }

  /** Closes what is open and forgets the stream. */
  private void end(Optional<StreamMemory> memory, Context context, Collector<PerceptionRequest> out)
      throws Exception {
    if (memory.isEmpty()) {
      return;
    }
    metrics.ended.inc();
    List<OpenWindow> windows = memory.get().windows();
    StreamMemory left = closeAll(memory.get(), context, out);
    if (left.captioned()) {
      KeptFrame last = left.context().get(left.context().size() - 1);
      out.collect(
          WindowRequests.end(
              context.getCurrentKey(),
              left.clock(),
              windows.isEmpty()
                  ? store.read(List.of(last)).get(0).source()
                  : windows.get(windows.size() - 1).newest()));
    }
    context.timerService().deleteEventTimeTimer(Long.MAX_VALUE);
    store.clear();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<PerceptionRequest> out)
      throws Exception {
    Optional<StreamMemory> memory = store.read();
    if (memory.isEmpty()) {
      return;
    }
    if (timestamp == Long.MAX_VALUE) {
      end(memory, context, out);
      return;
    }
    long now = Math.max(timestamp, context.timerService().currentProcessingTime());
    opened = opened == Long.MIN_VALUE ? now : opened;
    long silent = now - Math.max(memory.get().heard(), opened);
    if (silent >= settings.keep().toMillis()) {
      end(memory, context, out);
      return;
    }
    boolean idle = silent >= settings.idle().toMillis();
    if (idle) {
      store.write(closeAll(memory.get(), context, out));
    }
    long wait = (idle ? settings.keep() : settings.idle()).toMillis();
    setTimer(now - silent + wait, context);
  }

  private static void setTimer(long due, Context context) {
    long second = (Math.max(0, due) / TIMER_MILLIS + 1) * TIMER_MILLIS;
    context.timerService().registerProcessingTimeTimer(second);
  }

  private void emitDeadLetter(PerceptionRequest frame, RefusedException why, Context context) {
    metrics.deadLetters.inc();
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    DeadLetter letter = DeadLetter.of(frame.source(), why.stage().label(), why.getCause());
    context.output(
        DEAD_LETTERS,
        letter.toOutputRecord(settings.to().deadLetterTopic(), settings.to().jobName(), subtask));
  }

  /** One frame is not taken; its stream goes on. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Stage stage;

    RefusedException(Stage stage, Exception why) {
      super(why.getMessage(), why);
      this.stage = stage;
    }

    Stage stage() {
      return stage;
    }
  }
}

package dev.moonflow.jobs.video;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import dev.moonflow.jobs.ingest.PerceptionRequestSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * The state of the current stream: what is remembered of it, and its frames, bounded in number and
 * bytes. The frames lie apart, so that each new frame does not write the others again.
 */
final class StreamStore {
  private static final ValueStateDescriptor<StreamMemory> STREAM =
      new ValueStateDescriptor<>("stream", StreamMemorySerializer.INSTANCE);

  private static final MapStateDescriptor<Long, PerceptionRequest> FRAMES =
      new MapStateDescriptor<>(
          "frames", LongSerializer.INSTANCE, PerceptionRequestSerializer.INSTANCE);

  private final ValueState<StreamMemory> stream;
  private final MapState<Long, PerceptionRequest> frames;
  private final VideoSettings settings;

  StreamStore(RuntimeContext context, VideoSettings settings) {
    stream = context.getState(STREAM);
    frames = context.getMapState(FRAMES);
    this.settings = settings;
  }

  Optional<StreamMemory> read() throws Exception {
    return Optional.ofNullable(stream.value());
  }

  void write(StreamMemory memory) throws Exception {
    stream.update(memory);
  }

  void clear() {
    stream.clear();
    frames.clear();
  }

  void add(KeptFrame kept, PerceptionRequest frame) throws Exception {
    frames.put(kept.number(), WindowRequests.kept(frame));
  }

  List<PerceptionRequest> read(List<KeptFrame> kept) throws Exception {
    List<PerceptionRequest> all = new ArrayList<>();
    for (KeptFrame frame : kept) {
      all.add(frames.get(frame.number()));
    }
    return all;
  }

  /**
   * The frames of the time before the next window: the newest of those before and of the window.
   * One is kept in any case, whose prompt a window without a new frame takes.
   */
  List<KeptFrame> contextAfter(StreamMemory memory, OpenWindow window) throws Exception {
    List<KeptFrame> all = new ArrayList<>(memory.context());
    all.addAll(window.kept());
    int gone = Math.max(0, all.size() - Math.max(1, settings.contextFrames()));
    for (KeptFrame frame : all.subList(0, gone)) {
      frames.remove(frame.number());
    }
    return all.subList(gone, all.size());
  }

  /**
   * Lets frames of windows go until the stream is within its bounds, or each has one.
   *
   * @param current the window that has just got a frame
   */
  Bounded bound(StreamMemory memory, OpenWindow current) throws Exception {
    StreamMemory bounded = memory;
    OpenWindow window = current;
    int displaced = 0;
    while (window.kept().size() > settings.frames()) {
      window = displace(window, window.leastNovel());
      bounded = bounded.with(window);
      displaced++;
    }
    while (bounded.bytes() > settings.streamBytes()) {
      Optional<OpenWindow> large =
          bounded.windows().stream()
              .filter(w -> w.kept().size() > 1)
              .min(Comparator.comparingInt(w -> w.leastNovel().novelty()));
      if (large.isEmpty()) {
        break; // one frame in each window: context has to go, or windows to close
      }
      bounded = bounded.with(displace(large.get(), large.get().leastNovel()));
      displaced++;
    }
    return new Bounded(bounded, displaced);
  }

  /** Lets the oldest frame of the time before go. */
  StreamMemory withoutOldestContext(StreamMemory memory) throws Exception {
    List<KeptFrame> context = memory.context();
    frames.remove(context.get(0).number());
    return memory.with(context.subList(1, context.size()), memory.windows());
  }

  /** A stream within its bounds, and how many frames gave way. */
  record Bounded(StreamMemory memory, int displaced) {}

  private OpenWindow displace(OpenWindow window, KeptFrame frame) throws Exception {
    frames.remove(frame.number());
    return window.without(frame);
  }
}

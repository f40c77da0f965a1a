package dev.moonflow.jobs.video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is remembered of one stream, without the frames themselves. Immutable; arrays are never
 * written again.
 *
 * @param clock newest event time
 * @param closed windows that end at or before it are closed
 * @param heard wall clock of the last frame
 * @param newestIndex index of the newest frame
 * @param nextNumber number of the next frame that is kept
 * @param captioned whether a window has left
 * @param sketch of the last frame that was not skipped; empty when there is none
 * @param ids what the newest ids hash to, oldest first
 * @param context frames of the time before, oldest first
 * @param windows by their beginning
 */
record StreamMemory(
    long clock,
    long closed,
    long heard,
    long newestIndex,
    long nextNumber,
    boolean captioned,
    byte[] sketch,
    long[] ids,
    List<KeptFrame> context,
    List<OpenWindow> windows) {
  /** Ids by which duplicates are told: of frames that came one behind the other. */
  static final int IDS_MAX = 512;

  private static final byte[] NO_SKETCH = new byte[0];

  StreamMemory {
    context = List.copyOf(context);
    windows = List.copyOf(windows);
  }

  /** Of a stream whose first frame has this time and index. */
  static StreamMemory begin(long clock, long index, long now) {
    return new StreamMemory(
        clock,
        Long.MIN_VALUE,
        now,
        index - 1,
        0,
        false,
        NO_SKETCH,
        new long[0],
        List.of(),
        List.of());
  }

  boolean knows(long id) {
    return Arrays.stream(ids).anyMatch(known -> known == id);
  }

  /** Frames that an index says are missing before it; 0 for one that comes late or anew. */
  int gap(long index) {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, index - newestIndex - 1));
  }

  /** After a frame of this time, index and id has come. */
  StreamMemory heard(long time, long index, long id, long now) {
    int from = ids.length < IDS_MAX ? 0 : 1;
    long[] more = new long[ids.length - from + 1];
    System.arraycopy(ids, from, more, 0, ids.length - from);
    more[more.length - 1] = id;
    return new StreamMemory(
        Math.max(clock, time),
        closed,
        now,
        time > clock ? index : Math.max(newestIndex, index), // a stream may be numbered anew
        nextNumber,
        captioned,
        sketch,
        more,
        context,
        windows);
  }

  /** With the sketch of a frame that is kept. */
  StreamMemory sketched(byte[] newSketch) {
    return new StreamMemory(
        clock,
        closed,
        heard,
        newestIndex,
        nextNumber + 1,
        captioned,
        newSketch,
        ids,
        context,
        windows);
  }

  /** With a window in the place of the one that begins at the same time, or in addition. */
  StreamMemory with(OpenWindow window) {
    List<OpenWindow> all = new ArrayList<>(windows);
    all.removeIf(other -> other.start() == window.start());
    all.add(window);
    all.sort(Comparator.comparingLong(OpenWindow::start));
    return with(context, all);
  }

  /** With other frames of the time before, and other windows. */
  StreamMemory with(List<KeptFrame> otherContext, List<OpenWindow> otherWindows) {
    return new StreamMemory(
        clock,
        closed,
        heard,
        newestIndex,
        nextNumber,
        captioned,
        sketch,
        ids,
        otherContext,
        otherWindows);
  }

  /** Without its first window, which has left. */
  StreamMemory closed(long end, List<KeptFrame> newContext) {
    return new StreamMemory(
        clock,
        Math.max(closed, end),
        heard,
        newestIndex,
        nextNumber,
        true,
        sketch,
        ids,
        newContext,
        windows.subList(1, windows.size()));
  }

  /** With everything up to a time closed. */
  StreamMemory closedUpTo(long time) {
    return new StreamMemory(
        clock,
        Math.max(closed, time),
        heard,
        newestIndex,
        nextNumber,
        captioned,
        sketch,
        ids,
        context,
        windows);
  }

  /** Whether no frame of the time before may go: there is none, or a window repeats it. */
  boolean needsItsContext() {
    boolean repeats = !windows.isEmpty() && windows.get(0).kept().isEmpty();
    return context.isEmpty() || (repeats && context.size() == 1);
  }

  /** Bytes of all frames. */
  long bytes() {
    return Stream.concat(
            context.stream(), windows.stream().flatMap(window -> window.kept().stream()))
        .mapToLong(KeptFrame::bytes)
        .sum();
  }
}

package dev.moonflow.connectors.video;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Deals streams out to readers, each to the reader that its id hashes to, as readers come. */
final class VideoEnumerator implements SplitEnumerator<VideoSplit, List<VideoSplit>> {
  private final SplitEnumeratorContext<VideoSplit> context;
  private final List<VideoSplit> unassigned;

  VideoEnumerator(SplitEnumeratorContext<VideoSplit> context, List<VideoSplit> splits) {
    this.context = context;
    unassigned = new ArrayList<>(splits);
  }

  @Override
  public void start() {
    // Readers register one by one; each gets its streams then.
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    // Readers do not ask: every stream has its reader.
  }

  @Override
  public void addSplitsBack(List<VideoSplit> splits, int subtask) {
    unassigned.addAll(splits);
    if (context.registeredReaders().containsKey(subtask)) {
      addReader(subtask);
    }
  }

  @Override
  public void addReader(int subtask) {
    List<VideoSplit> own =
        unassigned.stream()
            .filter(
                split ->
                    Math.floorMod(split.stream().hashCode(), context.currentParallelism())
                        == subtask)
            .toList();
    own.forEach(split -> context.assignSplit(split, subtask));
    unassigned.removeAll(own);
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public List<VideoSplit> snapshotState(long checkpointId) {
    return List.copyOf(unassigned);
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

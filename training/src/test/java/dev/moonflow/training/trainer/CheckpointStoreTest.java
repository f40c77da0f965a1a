package dev.moonflow.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.trainer.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path folder;

  private static void save(CheckpointStore store, long step) {
    store.begin(step, 10);
    store.write(step, part -> Files.writeString(part.resolve("a"), "step " + step));
    store.commit(step);
  }

  private long entries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  @Test
  void newestStayAndOldestGo() {
    CheckpointStore store = new CheckpointStore(folder, 2);
    for (long step : new long[] {5, 10, 15}) {
      save(store, step);
    }
    assertThat(store.all())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("checkpoint-0000000010", "checkpoint-0000000015");
  }

  @Test
  void failedWriteLeavesTheLastGoodOneAndNoRemains() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 2);
    save(store, 5);
    store.begin(10, 10);
    assertThatThrownBy(
            () ->
                store.write(
                    10,
                    part -> {
                      Files.writeString(part.resolve("half"), "half");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessage(
            "step 10: the checkpoint cannot be written to %s: No space left on device; the last"
                    .formatted(folder)
                + " good one is "
                + folder.resolve("checkpoint-0000000005")
                + ".");
    assertThat(entries()).isEqualTo(1);
    assertThat(store.latest().orElseThrow().resolve("a")).hasContent("step 5");
  }

  @Test
  void fullDiskIsFoundBeforeAnythingIsWritten() throws IOException {
    save(new CheckpointStore(folder, 2), 5);
    CheckpointStore full = new CheckpointStore(folder, 2, at -> 3L << 20);
    assertThatThrownBy(() -> full.begin(10, 9L << 20))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessageStartingWith("step 10: the checkpoint needs 9 MB and the disk of ")
        .hasMessageContaining("has 3 MB left; the last good one is ");
    assertThat(entries()).isEqualTo(1);
  }

  @Test
  void halfWrittenCheckpointOfAKilledProcessIsNoCheckpoint() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 2);
    save(store, 5);
    store.begin(10, 10);
    store.write(10, part -> Files.writeString(part.resolve("a"), "half"));
    CheckpointStore next = new CheckpointStore(folder, 2);
    assertThat(next.latest().orElseThrow()).hasFileName("checkpoint-0000000005");
    save(next, 15);
    assertThat(entries()).isEqualTo(2);
  }
}

package dev.moonflow.model.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies are made once and shared. */
class PackedCopiesTest {
  @TempDir private static Path shared;
  @TempDir private Path temporary;

  private static Path source;

  private String before;

  @BeforeAll
  static void writeSource() throws IOException {
    source = shared.resolve("source");
    SyntheticCheckpoint.write(source, SyntheticSpec.small(5));
  }

  @BeforeEach
  void chooseFolder() {
    before = System.setProperty(PackedCopies.FOLDER_PROPERTY, temporary.toString());
  }

  @AfterEach
  void restoreFolder() {
    if (before == null) {
      System.clearProperty(PackedCopies.FOLDER_PROPERTY);
    } else {
      System.setProperty(PackedCopies.FOLDER_PROPERTY, before);
    }
  }

  @Test
  void manyWhoAskAtOnceShareOneCopy() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Path>> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        asked.add(pool.submit(() -> PackedCopies.of(source, WeightFormat.INT8)));
      }
      Path copy = asked.get(0).get();
      for (Future<Path> each : asked) {
        assertThat(each.get()).isEqualTo(copy);
      }
      FileTime written = Files.getLastModifiedTime(copy.resolve(WeightsFile.NAME));
      assertThat(PackedCopies.of(source, WeightFormat.INT8)).isEqualTo(copy);
      assertThat(Files.getLastModifiedTime(copy.resolve(WeightsFile.NAME))).isEqualTo(written);
      try (Checkpoint checkpoint = Checkpoint.open(copy)) {
        assertThat(checkpoint.weights().header().weights()).isEqualTo(WeightFormat.INT8);
        checkpoint.weights().verify();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void eachFormatHasItsCopy() throws IOException {
    assertThat(PackedCopies.of(source, WeightFormat.BF16))
        .isNotEqualTo(PackedCopies.of(source, WeightFormat.INT8));
  }

  @Test
  void aPackedCheckpointIsItsOwnCopyOrRefused() throws IOException {
    Path packed = PackedCopies.of(source, WeightFormat.BF16);
    assertThat(PackedCopies.of(packed, WeightFormat.BF16)).isEqualTo(packed);
    assertThatExceptionOfType(CheckpointException.class)
        .isThrownBy(() -> PackedCopies.of(packed, WeightFormat.INT8))
        .withMessageContaining("packed as bf16, and int8 is asked for");
  }
}

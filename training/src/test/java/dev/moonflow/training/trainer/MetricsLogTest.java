package dev.moonflow.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.training.trainer.log.EventFile;
import dev.moonflow.training.trainer.log.MetricsLog;
import dev.moonflow.training.trainer.log.MetricsTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
  @TempDir Path folder;

  private static StepRecord step(long step) {
    return new StepRecord(step, 1.0 / step, 1e-3, 0.5, 100, 2, 0.25, Map.of("ce", 3.0 / step));
  }

  @Test
  void resumedLogForgetsTheStepsAfterItsCheckpoint() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Path copy = folder.resolve("copy.csv");
    try (MetricsLog log = new MetricsLog(file, Optional.empty())) {
      log.add(step(1));
      log.add(step(2));
      log.copyTo(copy);
      log.add(step(3));
    }
    assertThat(file)
        .hasContent(
            """
            step,loss,learning_rate,gradient_norm,tokens,tokens_per_second,expert_load_violation,ce
            1,1,0.001,0.5,100,50,0.25,3
            2,0.5,0.001,0.5,100,50,0.25,1.5
            3,0.3333333333333333,0.001,0.5,100,50,0.25,1
            """);
    byte[] whole = Files.readAllBytes(file);
    byte[] events = Files.readAllBytes(folder.resolve(EventFile.NAME));
    try (MetricsLog log = new MetricsLog(file, Optional.of(copy))) {
      assertThat(MetricsTable.read(file).rows()).hasSize(2);
      log.add(step(3));
    }
    assertThat(file).hasBinaryContent(whole);
    assertThat(folder.resolve(EventFile.NAME)).hasBinaryContent(events);
  }

  @Test
  void eventsAreRecordsWithTheirChecksums() throws IOException {
    try (MetricsLog log = new MetricsLog(folder.resolve("m.csv"), Optional.empty())) {
      log.add(step(4));
    }
    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(EventFile.NAME)))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(record(file)).contains("brain.Event:2");
    String event = record(file);
    assertThat(event).contains("loss", "learning_rate", "ce").doesNotContain("step");
    // simple_value: field 2, 32 bits, of the loss 0.25.
    assertThat(event).contains("loss" + (char) 0x15 + "\0\0" + (char) 0x80 + (char) 0x3e);
    assertThat(file.hasRemaining()).isFalse();
  }

  /** The bytes of a record, as Latin-1. */
  private static String record(ByteBuffer file) {
    byte[] length = new byte[8];
    file.get(length);
    assertThat(file.getInt()).isEqualTo(masked(length));
    byte[] event = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
    file.get(event);
    assertThat(file.getInt()).isEqualTo(masked(event));
    return new String(event, StandardCharsets.ISO_8859_1);
  }

  private static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    return (int) (((value >>> 15) | (value << 17)) + 0xa282ead8L);
  }

  @Test
  void damagedTableIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Files.writeString(file, "step,loss\n1,2\n3\n");
    assertThatThrownBy(() -> MetricsTable.read(file))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessage(file + ", line 3 is damaged.");
  }
}

package dev.moonflow.jobs.perceive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.model.engine.FinishReason;
import dev.moonflow.model.engine.Progress.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Progress and features in state, byte for byte as the package specifies them. */
class StoredFormsTest {
  private static final StoredProgress PROGRESS =
      new StoredProgress(
          new int[] {533, 7},
          17,
          null,
          new float[] {-0.5f, -2f},
          Phase.DECODE,
          new SamplerState(-88, 2));

  private static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    serializer.serialize(value, new DataOutputViewStreamWrapper(bytes));
    return bytes.toByteArray();
  }

  private static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputViewStreamWrapper(new ByteArrayInputStream(bytes)));
  }

  private static void assertEqual(StoredProgress read, StoredProgress written) {
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
  }

  @Test
  void theBytesOfProgressAreAsThePackageSpecifiesThem() throws IOException {
    byte[] bytes = write(StoredProgressSerializer.INSTANCE, PROGRESS);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    assertThat(in.readByte()).isEqualTo((byte) 3);
    assertThat(in.readByte()).isZero();
    assertThat(in.readInt()).isEqualTo(17);
    assertThat(List.of(in.readInt(), in.readInt(), in.readInt())).containsExactly(2, 533, 7);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(List.of(in.readFloat(), in.readFloat())).containsExactly(-0.5f, -2f);
    assertThat(in.readByte()).isEqualTo((byte) 3);
    assertThat(in.readByte()).isEqualTo((byte) 1);
    assertThat(in.readLong()).isEqualTo(-88);
    assertThat(in.readLong()).isEqualTo(2);
    assertThat(in.available()).isZero();
    assertEqual(read(StoredProgressSerializer.INSTANCE, bytes), PROGRESS);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void everyPhaseIsRead(Phase phase) throws IOException {
    StoredProgress progress =
        new StoredProgress(
            new int[0],
            0,
            phase == Phase.FINISHED ? FinishReason.STOP : null,
            new float[0],
            phase,
            SamplerState.UNKNOWN);
    byte[] bytes = write(StoredProgressSerializer.INSTANCE, progress);
    assertEqual(read(StoredProgressSerializer.INSTANCE, bytes), progress);
  }

  @Test
  void theSecondVersionEndedWithTheProbabilitiesAndTheFirstWithTheTokens() throws IOException {
    byte[] bytes = write(StoredProgressSerializer.INSTANCE, PROGRESS);
    byte[] second = Arrays.copyOf(bytes, bytes.length - 18);
    second[0] = 2;
    StoredProgress old = read(StoredProgressSerializer.INSTANCE, second);
    assertThat(old.tokens()).containsExactly(533, 7);
    assertThat(old.logProbabilities()).containsExactly(-0.5f, -2f);
    assertThat(old.phase()).isEqualTo(Phase.DECODE);
    assertThat(old.sampler().unknown()).isTrue();
    byte[] first = Arrays.copyOf(second, second.length - 12);
    first[0] = 1;
    assertThat(read(StoredProgressSerializer.INSTANCE, first).logProbabilities())
        .containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void aLaterReleasesFormIsRefused() throws IOException {
    byte[] bytes = write(StoredProgressSerializer.INSTANCE, PROGRESS);
    bytes[0] = 4;
    assertThatThrownBy(() -> read(StoredProgressSerializer.INSTANCE, bytes))
        .hasMessage("progress in state has version 4; this release reads 1 to 3");
  }

  @Test
  void theBytesOfFeaturesAreAsThePackageSpecifiesThem() throws IOException {
    StoredFeatures features =
        new StoredFeatures("ab", List.of(new float[] {1f, 2f}, new float[] {3f}));
    byte[] bytes = write(StoredFeaturesSerializer.INSTANCE, features);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    assertThat(in.readByte()).isEqualTo((byte) 1);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(in.readNBytes(2)).containsExactly('a', 'b');
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(in.readInt()).isEqualTo(2);
    assertThat(List.of(in.readFloat(), in.readFloat())).containsExactly(1f, 2f);
    assertThat(in.readInt()).isEqualTo(1);
    assertThat(in.readFloat()).isEqualTo(3f);
    assertThat(in.available()).isZero();
    assertThat(read(StoredFeaturesSerializer.INSTANCE, bytes))
        .usingRecursiveComparison()
        .isEqualTo(features);
  }
}

package dev.moonflow.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir Path dir;

  @Test
  void writtenTensorsReadBackWithTheSameBits() throws IOException {
    float[] random = randomFloats(7, 1000);
    int[] ints = {1, -2, Integer.MAX_VALUE};
    Path file = dir.resolve("a.safetensors");
    new SafetensorsWriter()
        .metadata("format", "pt")
        .f32("matrix", random, 10, 100)
        .bf16("half", random, 1000)
        .i32("ints", ints, 3)
        .f32("empty", new float[0], 0, 5)
        .f32("scalar", new float[] {4f})
        .write(file);
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.floats("matrix")).containsExactly(random);
      assertThat(read.info("matrix").shape()).isEqualTo(List.of(10L, 100L));
      assertThat(read.ints("ints")).containsExactly(ints);
      assertThat(read.floats("empty")).isEmpty();
      assertThat(read.floats("scalar")).containsExactly(4f);
      assertThat(read.metadata()).containsEntry("format", "pt");
      float[] half = read.floats("half");
      for (int i = 0; i < half.length; i++) {
        assertThat(half[i])
            .isEqualTo(FloatFormats.bf16ToFloat(FloatFormats.floatToBf16(random[i])));
        assertThat(Math.abs(half[i] - random[i])).isLessThanOrEqualTo(Math.abs(random[i]) / 256);
      }
    }
  }

  @Test
  void aTensorThatSpansSeveralMapsReadsTheSame() throws IOException {
    float[] values = randomFloats(8, 1001);
    Path file = dir.resolve("a.safetensors");
    new SafetensorsWriter()
        .f32("x", new float[3], 3)
        .f32("values", values, 1001)
        .bf16("bf16", values, 1001)
        .write(file);
    try (Safetensors whole = Safetensors.open(file);
        Safetensors pieces = Safetensors.open(file, 64)) {
      assertThat(pieces.floats("values")).containsExactly(values);
      assertThat(pieces.bf16("bf16")).containsExactly(whole.bf16("bf16"));
      assertThat(pieces.floats("bf16")).containsExactly(whole.floats("bf16"));
    }
  }

  @Test
  void aFileLargerThanTwoGibibytesIsReadAtItsEnd() throws IOException {
    long floats = (1L << 31) / 4 + 1024;
    String header =
        "{\"big\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                .formatted(floats, 4 * floats)
            + "\"tail\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}"
                .formatted(4 * floats, 4 * floats + 8);
    Path file = dir.resolve("big.safetensors");
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    try (var channel =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.SPARSE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length));
      channel.write(ByteBuffer.wrap(json));
      ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      tail.putFloat(0, 1.5f).putFloat(4, -2.5f);
      channel.write(tail, 8L + json.length + 4 * floats);
    }
    try (Safetensors read = Safetensors.open(file)) {
      assertThat(read.floats("tail")).containsExactly(1.5f, -2.5f);
      assertThat(read.info("big").elements()).isEqualTo(floats);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}} | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-4,4]}} | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | needs 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | bad shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}} | impossible shape",
        "{\"a\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}} | unsupported dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | data_offsets of two integers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | end at 4 of 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | begins at 4 where the one before it ends at 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | Duplicate field",
        "{\"a\": | not valid JSON",
        "[1, 2] | not a JSON object",
      })
  void aBrokenHeaderIsRefusedInOneSentence(String header, String reason) throws IOException {
    Path file = write(header.length(), header, 8);
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "1", "1000", "100000001"})
  void aHeaderLengthThatCannotBeIsRefused(long length) throws IOException {
    Path file = write(length, "{}", 0);
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("header length");
  }

  @Test
  void aFileTooShortForALengthIsRefused() throws IOException {
    Path file = Files.write(dir.resolve("short"), new byte[7]);
    assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("7 bytes are too few");
  }

  @Test
  void randomDamageToAHeaderNeverEscapesAsAnotherException() throws IOException {
    Path file = dir.resolve("a.safetensors");
    new SafetensorsWriter().f32("one", new float[4], 2, 2).bf16("two", new float[4], 4).write(file);
    byte[] good = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 1000; round++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      Files.write(file, bad);
      try (Safetensors read = Safetensors.open(file)) {
        read.names().forEach(name -> assertThat(read.info(name).byteLength()).isNotNegative());
      } catch (CheckpointException expected) {
        assertThat(expected).hasMessageContaining("a.safetensors");
      }
    }
  }

  @Test
  void anF16TensorIsReadAsFloats() throws IOException {
    String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[0,8]}}";
    Path file = write(header.length(), header, 8);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer data =
        ByteBuffer.wrap(bytes, bytes.length - 8, 8).slice().order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0x3c00).putShort((short) 0xb800).putShort((short) 0x0001);
    data.putShort((short) 0x7bff);
    Files.write(file, bytes);
    try (Safetensors read = Safetensors.open(file);
        Safetensors pieces = Safetensors.open(file, 4)) {
      assertThat(read.floats("h")).containsExactly(1f, -0.5f, 0x1p-24f, 65504f);
      assertThat(pieces.floats("h")).containsExactly(read.floats("h"));
      assertThatThrownBy(() -> read.bf16("h"))
          .hasMessageContaining("is of type F16, expected BF16");
      assertThatThrownBy(() -> read.ints("h")).hasMessageContaining("expected I32");
      assertThatThrownBy(() -> read.floats("g")).hasMessageContaining("has no tensor g");
    }
  }

  @Test
  void halfPrecisionWidensExactly() {
    assertThat(FloatFormats.f16ToFloat((short) 0x3c00)).isEqualTo(1f);
    assertThat(FloatFormats.f16ToFloat((short) 0xc000)).isEqualTo(-2f);
    assertThat(FloatFormats.f16ToFloat((short) 0x7bff)).isEqualTo(65504f);
    assertThat(FloatFormats.f16ToFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(FloatFormats.f16ToFloat((short) 0x83ff)).isEqualTo(-1023 * 0x1p-24f);
    assertThat(FloatFormats.f16ToFloat((short) 0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(FloatFormats.f16ToFloat((short) 0x7e00)).isNaN();
    assertThat(Float.floatToRawIntBits(FloatFormats.f16ToFloat((short) 0x8000)))
        .isEqualTo(0x80000000);
  }

  @Test
  void brainFloatRoundsToNearestEven() {
    assertThat(FloatFormats.floatToBf16(Float.intBitsToFloat(0x3f808000)))
        .isEqualTo((short) 0x3f80);
    assertThat(FloatFormats.floatToBf16(Float.intBitsToFloat(0x3f818000)))
        .isEqualTo((short) 0x3f82);
    assertThat(FloatFormats.floatToBf16(Float.intBitsToFloat(0x3f808001)))
        .isEqualTo((short) 0x3f81);
    assertThat(FloatFormats.floatToBf16(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
    assertThat(FloatFormats.bf16ToFloat(FloatFormats.floatToBf16(Float.intBitsToFloat(0x7f800001))))
        .isNaN();
    int changed = 0;
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = FloatFormats.bf16ToFloat((short) bits);
      boolean same = FloatFormats.floatToBf16(value) == (short) bits;
      changed += same || Float.isNaN(value) ? 0 : 1;
    }
    assertThat(changed).isZero();
  }

  private Path write(long length, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(json);
    return Files.write(dir.resolve("broken.safetensors"), bytes.array());
  }

  private static float[] randomFloats(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return values;
  }
}

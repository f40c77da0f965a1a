package dev.moonflow.jobs.fuzz;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.Safetensors;
import dev.moonflow.model.checkpoint.TensorInfo;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.checkpoint.WeightsHeader;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/** The files of tensors of a model folder. */
final class TensorTargets {
  private static final long ELEMENTS_MAX = 1 << 16;
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final int HEADER_AT = 24;

  private TensorTargets() {}

  static FuzzTarget safetensors(Path folder) throws IOException {
    Path file = CheckpointTargets.checkpoint(folder, "safetensors").resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(file);
    return new FuzzTarget(
        "safetensors",
        List.of(little(whole)),
        FuzzTargets.words(
            "\"dtype\":\"F32\"",
            "\"dtype\":\"I64\"",
            "\"shape\":[]",
            "\"data_offsets\":[0,0]",
            "\"__metadata__\":{}",
            "9223372036854775807",
            "4294967296",
            "-1",
            "[[",
            "{",
            "1e9"),
        true,
        TensorTargets::withLength,
        Set.of(CheckpointException.class),
        CheckpointTargets.ALLOCATION,
        bytes -> {
          Files.write(file, bytes);
          try (Safetensors tensors = Safetensors.open(file)) {
            for (String name : tensors.names()) {
              TensorInfo info = tensors.info(name);
              if (info.elements() <= ELEMENTS_MAX) {
                read(tensors, info);
              }
            }
          }
        });
  }

  private static void read(Safetensors tensors, TensorInfo info) {
    switch (info.dtype()) {
      case F32, F16, BF16 -> tensors.floats(info.name());
      case I64 -> tensors.longs(info.name());
      case I32 -> tensors.ints(info.name());
      case U8, I8, BOOL -> tensors.bytes(info.name());
      case F64 -> tensors.doubles(info.name());
      case I16 -> tensors.info(info.name()); // nothing of ours is stored in it
    }
  }

  /** A file of two small tensors, whose header is most of it. */
  private static byte[] little(byte[] whole) {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[24,32]}}";
    byte[] json = header.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(LENGTH_BYTES + json.length + 32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(Arrays.copyOfRange(whole, whole.length - 32, whole.length))
        .array();
  }

  /** The header's length, found by where its braces close. */
  private static byte[] withLength(byte[] bytes) {
    int depth = 0;
    for (int at = LENGTH_BYTES; at < bytes.length; at++) {
      depth += bytes[at] == '{' ? 1 : bytes[at] == '}' ? -1 : 0;
      if (depth <= 0) {
        byte[] mended = bytes.clone();
        ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN).putLong(0, at + 1L - LENGTH_BYTES);
        return mended;
      }
    }
    return bytes;
  }

  static FuzzTarget weights(Path folder) throws IOException {
    Path dir = Files.createDirectories(folder.resolve("weights"));
    SyntheticCheckpoint.writePacked(
        dir, CheckpointTargets.spec(), WeightFormat.INT8, (what, done, all) -> {});
    Path file = dir.resolve(WeightsFile.NAME);
    return new FuzzTarget(
        "weights",
        List.of(Files.readAllBytes(file)),
        FuzzTargets.words(
            "\"format\":\"int4\"",
            "\"format\":\"f32\"",
            "\"shape\":[2147483647,2147483647]",
            "\"offset\":-64",
            "\"offset\":9223372036854775744",
            "\"bytes\":0",
            "{",
            "["),
        true,
        TensorTargets::withChecksum,
        Set.of(CheckpointException.class),
        CheckpointTargets.ALLOCATION,
        bytes -> {
          Files.write(file, bytes);
          try (Checkpoint opened = Checkpoint.open(dir)) {
            opened.weights().verify();
            for (WeightsHeader.Entry entry : opened.weights().header().tensors().values()) {
              int[] shape = entry.shape().stream().mapToInt(Integer::intValue).toArray();
              if (entry.format() == null) {
                opened.floats(entry.name(), shape);
              } else {
                opened.matrix(entry.name(), shape[0], shape[1]);
              }
            }
          }
        });
  }

  /** The header's length and checksum, as if its text were as long as it is. */
  private static byte[] withChecksum(byte[] bytes) {
    if (bytes.length < HEADER_AT) {
      return bytes;
    }
    byte[] mended = bytes.clone();
    ByteBuffer file = ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN);
    int length = file.getInt(12);
    if (length > 0 && length <= bytes.length - HEADER_AT) {
      CRC32C checksum = new CRC32C();
      checksum.update(mended, HEADER_AT, length);
      file.putInt(16, (int) checksum.getValue());
    }
    return mended;
  }
}

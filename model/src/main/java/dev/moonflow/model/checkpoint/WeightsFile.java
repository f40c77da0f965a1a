package dev.moonflow.model.checkpoint;

import dev.moonflow.kernels.dense.PackedWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * An open weights file. Weights stay where they are: opening maps the file and reads its header, a
 * product reads pages as it needs them, and processes share them. Thread-safe.
 */
public final class WeightsFile implements AutoCloseable {
  /** The file's name in a model folder. */
  public static final String NAME = "weights.moonflow";

  private static final int CHUNK = 1 << 20;

  private final MappedFile file;
  private final WeightsHeader header;
  private final byte[] checksums;
  private final TreeMap<Long, ByteBuffer> maps = new TreeMap<>();

  private WeightsFile(MappedFile file) {
    this.file = file;
    this.header = WeightsHeader.read(file);
    int count = header.tensors().size();
    this.checksums = file.read(header.dataEnd(), 4 * (count + 1));
    CRC32C checksum = new CRC32C();
    checksum.update(checksums, 0, 4 * count);
    if ((int) checksum.getValue() != stored(count)) {
      throw new CheckpointException(
          "%s: byte %d: the checksums are damaged.".formatted(file.file(), header.dataEnd()));
    }
    map();
  }

  /**
   * Opens a file and checks its header and size.
   *
   * @throws CheckpointException in one sentence, naming the file and the byte
   */
  public static WeightsFile open(Path path) {
    MappedFile mapped = new MappedFile(path, MappedFile.SEGMENT_BYTES);
    try {
      return new WeightsFile(mapped);
    } catch (RuntimeException e) {
      mapped.close();
      throw e;
    }
  }

  /** Maps tensors together, as many as fit a map. */
  private void map() {
    List<WeightsHeader.Entry> group = new ArrayList<>();
    for (WeightsHeader.Entry entry : header.tensors().values()) {
      if (!group.isEmpty()
          && entry.offset() + entry.bytes() - group.get(0).offset() > MappedFile.SEGMENT_BYTES) {
        map(group);
        group.clear();
      }
      group.add(entry);
    }
    if (!group.isEmpty()) {
      map(group);
    }
  }

  private void map(List<WeightsHeader.Entry> group) {
    WeightsHeader.Entry last = group.get(group.size() - 1);
    long start = group.get(0).offset();
    maps.put(start, file.map(start, last.offset() + last.bytes() - start));
  }

  /** The header. */
  public WeightsHeader header() {
    return header;
  }

  /** The file. */
  public Path path() {
    return file.file();
  }

  /** Whether there is such a tensor. */
  public boolean has(String name) {
    return header.tensors().containsKey(name);
  }

  private WeightsHeader.Entry entry(String name, int... shape) {
    WeightsHeader.Entry entry = header.tensors().get(name);
    if (entry == null) {
      throw new CheckpointException(file.file() + " has no tensor " + name + ".");
    }
    List<Integer> expected = Arrays.stream(shape).boxed().toList();
    if (!entry.shape().equals(expected)) {
      throw new CheckpointException(
          "%s: byte %d: tensor %s has shape %s, expected %s by the configuration."
              .formatted(file.file(), entry.offset(), name, entry.shape(), expected));
    }
    return entry;
  }

  private ByteBuffer bytes(WeightsHeader.Entry entry) {
    Map.Entry<Long, ByteBuffer> map = maps.floorEntry(entry.offset());
    int at = Math.toIntExact(entry.offset() - map.getKey());
    return map.getValue().slice(at, Math.toIntExact(entry.bytes())).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether a tensor is kept as plain floats. */
  boolean isPlain(String name) {
    return has(name) && header.tensors().get(name).format() == null;
  }

  /** All values of a tensor of plain floats. */
  float[] floats(String name, int... shape) {
    WeightsHeader.Entry entry = entry(name, shape);
    if (entry.format() != null) {
      throw new CheckpointException(
          "%s: byte %d: tensor %s is packed as %s; this wants the checkpoint that the file was made from."
              .formatted(file.file(), entry.offset(), name, entry.format().label()));
    }
    float[] values = new float[Math.toIntExact(entry.bytes() / 4)];
    bytes(entry).asFloatBuffer().get(values);
    return values;
  }

  /** The packed weights of a matrix, in the map; valid after the file is closed. */
  PackedWeights packed(String name, int out, int in) {
    WeightsHeader.Entry entry = entry(name, out, in);
    if (entry.format() == null) {
      throw new CheckpointException(
          "%s: byte %d: tensor %s is of plain floats, a packed matrix is expected."
              .formatted(file.file(), entry.offset(), name));
    }
    return new PackedWeights(entry.format(), out, in, bytes(entry));
  }

  /** Header and checksums: all that tells this file from another. */
  byte[] identity() {
    byte[] start = header.encode();
    byte[] both = Arrays.copyOf(start, start.length + checksums.length);
    System.arraycopy(checksums, 0, both, start.length, checksums.length);
    return both;
  }

  /**
   * Reads everything and compares checksums.
   *
   * @throws CheckpointException naming the first tensor that is damaged, and its byte
   */
  public void verify() {
    int index = 0;
    for (WeightsHeader.Entry entry : header.tensors().values()) {
      int checksum = checksum(file, entry.offset(), entry.bytes());
      if (checksum != stored(index++)) {
        throw new CheckpointException(
            "%s: byte %d: tensor %s is damaged, its %d bytes have another checksum than when they were written."
                .formatted(file.file(), entry.offset(), entry.name(), entry.bytes()));
      }
    }
  }

  /** CRC-32C of a stretch of a file. */
  static int checksum(MappedFile file, long from, long bytes) {
    CRC32C checksum = new CRC32C();
    for (long done = 0; done < bytes; done += CHUNK) {
      checksum.update(file.read(from + done, (int) Math.min(CHUNK, bytes - done)));
    }
    return (int) checksum.getValue();
  }

  private int stored(int index) {
    return ByteBuffer.wrap(checksums).order(ByteOrder.LITTLE_ENDIAN).getInt(4 * index);
  }

  /** Closes the file; weights and arrays made of it stay valid. */
  @Override
  public void close() {
    file.close();
  }
}

package dev.moonflow.model.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moonflow.kernels.dense.WeightFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The header of a weights file: what tensors there are and where. This package's documentation
 * specifies it.
 *
 * @param weights the format asked for when the file was made
 * @param source fingerprint of the checkpoint that it was made from
 * @param tensors by name, in the order of the file
 * @param dataStart byte of the file where the first tensor begins
 */
public record WeightsHeader(
    WeightFormat weights, String source, Map<String, Entry> tensors, long dataStart) {
  static final byte[] MAGIC = "MOONFLOW".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int VERSION_AT = 8;
  static final int LENGTH_AT = 12;
  static final int CHECKSUM_AT = 16;
  static final int JSON_AT = 24;

  /** Every tensor begins at a multiple of so many bytes. */
  static final int ALIGNMENT = 64;

  static final int BYTES_MAX = 64 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One tensor.
   *
   * @param name as in the checkpoint, or of a part
   * @param format null for plain floats
   * @param shape slowest dimension first
   * @param offset byte of the file where it begins
   * @param bytes its size
   */
  public record Entry(
      String name, WeightFormat format, List<Integer> shape, long offset, long bytes) {}

  /** Byte after the last tensor: where checksums begin. */
  public long dataEnd() {
    long end = dataStart;
    for (Entry entry : tensors.values()) {
      end = entry.offset() + entry.bytes();
    }
    return end;
  }

  /** Bytes of the whole file. */
  public long fileBytes() {
    return dataEnd() + 4L * (tensors.size() + 1);
  }

  /** A header for a plan. */
  public static WeightsHeader of(WeightFormat weights, String source, List<PlannedTensor> plan) {
    // Offsets in the JSON are relative to the data, so its length does not depend on itself.
    Map<String, Entry> relative = place(plan, 0);
    WeightsHeader header = new WeightsHeader(weights, source, relative, 0);
    return new WeightsHeader(
        weights, source, place(plan, header.encode().length), header.encode().length);
  }

  private static Map<String, Entry> place(List<PlannedTensor> plan, long start) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    long at = start;
    for (PlannedTensor tensor : plan) {
      at = (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      entries.put(
          tensor.name(),
          new Entry(tensor.name(), tensor.format(), tensor.shape(), at, tensor.bytes()));
      at += tensor.bytes();
    }
    return entries;
  }

  /** The bytes before the data. */
  public byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    root.put("weights", weights.label());
    root.put("source", source);
    ObjectNode nodes = root.putObject("tensors");
    for (Entry entry : tensors.values()) {
      ObjectNode node = nodes.putObject(entry.name());
      node.put("format", entry.format() == null ? "f32" : entry.format().label());
      entry.shape().forEach(node.putArray("shape")::add);
      node.put("offset", entry.offset() - dataStart);
      node.put("bytes", entry.bytes());
    }
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers can be written", e);
    }
    int length = (JSON_AT + json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - JSON_AT;
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    CRC32C checksum = new CRC32C();
    checksum.update(padded);
    return ByteBuffer.allocate(JSON_AT + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(VERSION)
        .putInt(length)
        .putInt((int) checksum.getValue())
        .putInt(0)
        .put(padded)
        .array();
  }

  /** Reads and checks the header of a file. */
  static WeightsHeader read(MappedFile mapped) {
    Path file = mapped.file();
    if (mapped.size() < JSON_AT) {
      throw new CheckpointException(
          "%s: %d bytes are too few for a weights file.".formatted(file, mapped.size()));
    }
    ByteBuffer start = ByteBuffer.wrap(mapped.read(0, JSON_AT)).order(ByteOrder.LITTLE_ENDIAN);
    if (!Arrays.equals(Arrays.copyOf(start.array(), MAGIC.length), MAGIC)) {
      throw new CheckpointException(
          file + ": byte 0: not a Moonflow weights file, which begins with MOONFLOW.");
    }
    int version = start.getInt(VERSION_AT);
    if (version != VERSION) {
      throw new CheckpointException(
          "%s: byte %d: version %d of the format, and this build reads version %d."
              .formatted(file, VERSION_AT, version, VERSION));
    }
    int length = start.getInt(LENGTH_AT);
    long limit = Math.min(BYTES_MAX, mapped.size() - JSON_AT);
    if (length < 2 || length > limit || (JSON_AT + length) % ALIGNMENT != 0) {
      throw new CheckpointException(
          "%s: byte %d: header length %d is outside 2..%d or not aligned."
              .formatted(file, LENGTH_AT, Integer.toUnsignedLong(length), limit));
    }
    byte[] json = mapped.read(JSON_AT, length);
    CRC32C checksum = new CRC32C();
    checksum.update(json);
    if ((int) checksum.getValue() != start.getInt(CHECKSUM_AT)) {
      throw new CheckpointException(
          "%s: byte %d: the header is damaged, its checksum is %08x and not %08x."
              .formatted(file, JSON_AT, (int) checksum.getValue(), start.getInt(CHECKSUM_AT)));
    }
    WeightsHeader header = parse(file, json, JSON_AT + length);
    if (header.fileBytes() != mapped.size()) {
      throw new CheckpointException(
          "%s ends at byte %d, and its header speaks of %d bytes."
              .formatted(file, mapped.size(), header.fileBytes()));
    }
    return header;
  }

  private static WeightsHeader parse(Path file, byte[] json, long dataStart) {
    try {
      JsonNode root = JSON.readTree(json);
      Map<String, Entry> entries = new LinkedHashMap<>();
      long end = dataStart;
      for (Map.Entry<String, JsonNode> field : root.path("tensors").properties()) {
        Entry entry = entry(file, field.getKey(), field.getValue(), dataStart);
        if (entry.offset() < end || entry.offset() % ALIGNMENT != 0) {
          throw damaged(file, entry.name(), "has the offset " + (entry.offset() - dataStart));
        }
        end = Math.addExact(entry.offset(), entry.bytes());
        entries.put(entry.name(), entry);
      }
      WeightFormat weights = format(file, "weights", root.path("weights").asText());
      return new WeightsHeader(weights, root.path("source").asText(), entries, dataStart);
    } catch (java.io.IOException | ArithmeticException e) {
      throw new CheckpointException(file + ": byte " + JSON_AT + ": " + e.getMessage() + ".", e);
    }
  }

  private static Entry entry(Path file, String name, JsonNode node, long dataStart) {
    String stored = node.path("format").asText();
    WeightFormat format = stored.equals("f32") ? null : format(file, name, stored);
    List<Integer> shape = new ArrayList<>();
    node.path("shape").forEach(d -> shape.add(d.asInt()));
    long bytes = node.path("bytes").asLong(-1);
    if (shape.stream().anyMatch(d -> d < 1) || format != null && shape.size() != 2) {
      throw damaged(file, name, "has the shape " + shape);
    }
    PlannedTensor planned = PlannedTensor.whole(name, format, List.copyOf(shape));
    if (bytes != planned.bytes()) {
      throw damaged(file, name, "of shape " + shape + " as " + stored + " has " + bytes + " bytes");
    }
    long offset = node.path("offset").asLong(-1);
    return new Entry(name, format, planned.shape(), Math.addExact(dataStart, offset), bytes);
  }

  private static WeightFormat format(Path file, String name, String label) {
    return Arrays.stream(WeightFormat.values())
        .filter(f -> f.label().equals(label.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> damaged(file, name, "is of the unknown format \"" + label + "\""));
  }

  private static CheckpointException damaged(Path file, String name, String what) {
    return new CheckpointException(
        "%s: byte %d: in the header, %s %s.".formatted(file, JSON_AT, name, what));
  }
}

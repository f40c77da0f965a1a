package dev.moonflow.model.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parsed and checked header of a safetensors file: every tensor lies inside the data, has the
 * size that its shape asks for, overlaps no other and leaves no hole.
 *
 * @param tensors by name, in name order
 * @param metadata the optional {@code __metadata__} strings
 */
record SafetensorsHeader(Map<String, TensorInfo> tensors, Map<String, String> metadata) {

  /** Largest header accepted, in bytes; the limit of the format's own library. */
  static final long BYTES_MAX = 100_000_000;

  private static final int DIMENSIONS_MAX = 16;
  private static final String METADATA = "__metadata__";

  // Duplicate names would let one tensor hide another.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Parses and checks; {@code dataBytes} is the size of the data section. */
  static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          file + ": the header is not valid JSON: " + e.getOriginalMessage() + ".", e);
    } catch (IOException e) {
      throw new CheckpointException(file + ": the header cannot be read.", e);
    }
    if (!root.isObject()) {
      throw new CheckpointException(file + ": the header is not a JSON object.");
    }
    Map<String, TensorInfo> tensors = new TreeMap<>();
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), dataBytes));
      }
    }
    checkNoHolesNorOverlaps(file, tensors, dataBytes);
    return new SafetensorsHeader(tensors, metadata);
  }

  private static TensorInfo tensor(Path file, String name, JsonNode entry, long dataBytes) {
    DType dtype = dtype(file, name, entry.path("dtype"));
    List<Long> shape = shape(file, name, entry.path("shape"));
    JsonNode offsets = entry.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()) {
      throw new CheckpointException(
          file + ": tensor " + name + " has no data_offsets of two integers.");
    }
    long begin = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    if (begin < 0 || end < begin || end > dataBytes) {
      throw new CheckpointException(
          "%s: tensor %s has data_offsets [%d, %d] outside the %d bytes of data."
              .formatted(file, name, begin, end, dataBytes));
    }
    TensorInfo info = new TensorInfo(name, dtype, shape, begin, end);
    if (byteLength(file, info) != info.byteLength()) {
      throw new CheckpointException(
          "%s: tensor %s of type %s and shape %s needs %d bytes, its data_offsets span %d."
              .formatted(file, name, dtype, shape, byteLength(file, info), info.byteLength()));
    }
    return info;
  }

  private static long byteLength(Path file, TensorInfo info) {
    try {
      return Math.multiplyExact(info.elements(), info.dtype().bytes());
    } catch (ArithmeticException e) {
      throw new CheckpointException(
          file + ": tensor " + info.name() + " has an impossible shape " + info.shape() + ".", e);
    }
  }

  private static DType dtype(Path file, String name, JsonNode node) {
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(node.asText())) {
        return dtype;
      }
    }
    throw new CheckpointException(
        file + ": tensor " + name + " has an unsupported dtype " + node + ".");
  }

  private static List<Long> shape(Path file, String name, JsonNode node) {
    boolean valid = node.isArray() && node.size() <= DIMENSIONS_MAX;
    List<Long> shape = new ArrayList<>();
    for (JsonNode dimension : node) {
      valid &= dimension.isIntegralNumber() && dimension.canConvertToLong();
      shape.add(dimension.asLong(-1));
    }
    if (!valid || shape.stream().anyMatch(d -> d < 0)) {
      throw new CheckpointException(file + ": tensor " + name + " has a bad shape " + node + ".");
    }
    return shape;
  }

  private static void checkNoHolesNorOverlaps(
      Path file, Map<String, TensorInfo> tensors, long dataBytes) {
    List<TensorInfo> byOffset = new ArrayList<>(tensors.values());
    byOffset.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long position = 0;
    for (TensorInfo info : byOffset) {
      if (info.begin() != position) {
        throw new CheckpointException(
            "%s: tensor %s begins at %d where the one before it ends at %d."
                .formatted(file, info.name(), info.begin(), position));
      }
      position = info.end();
    }
    if (position != dataBytes) {
      throw new CheckpointException(
          "%s: the tensors end at %d of %d bytes of data.".formatted(file, position, dataBytes));
    }
  }
}

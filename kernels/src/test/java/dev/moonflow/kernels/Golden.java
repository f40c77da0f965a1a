package dev.moonflow.kernels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** One golden file: the tensors of a small safetensors file, read whole, for tests. */
public final class Golden {
  private final JsonNode header;
  private final ByteBuffer data;

  private Golden(JsonNode header, ByteBuffer data) {
    this.header = header;
    this.data = data;
  }

  public static Path path(String name) {
    return Path.of(System.getProperty("moonflow.golden.dir"), name);
  }

  public static Golden open(String name) {
    try {
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(path(name))).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[Math.toIntExact(file.getLong())];
      file.get(json);
      return new Golden(
          new ObjectMapper().readTree(json), file.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int[] shape(String tensor) {
    return entry(tensor).get("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
  }

  public float[] floats(String tensor) {
    float[] values = new float[bytes(tensor, "F32").remaining() / 4];
    bytes(tensor, "F32").asFloatBuffer().get(values);
    return values;
  }

  public int[] ints(String tensor) {
    int[] values = new int[bytes(tensor, "I32").remaining() / 4];
    bytes(tensor, "I32").asIntBuffer().get(values);
    return values;
  }

  public long[] longs(String tensor) {
    long[] values = new long[bytes(tensor, "I64").remaining() / 8];
    bytes(tensor, "I64").asLongBuffer().get(values);
    return values;
  }

  private JsonNode entry(String tensor) {
    JsonNode entry = header.get(tensor);
    if (entry == null) {
      throw new IllegalArgumentException("no tensor " + tensor);
    }
    return entry;
  }

  private ByteBuffer bytes(String tensor, String type) {
    JsonNode entry = entry(tensor);
    if (!entry.get("dtype").asText().equals(type)) {
      throw new IllegalArgumentException(tensor + " is " + entry.get("dtype") + ", not " + type);
    }
    int from = entry.get("data_offsets").get(0).asInt();
    int to = entry.get("data_offsets").get(1).asInt();
    return data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
  }
}

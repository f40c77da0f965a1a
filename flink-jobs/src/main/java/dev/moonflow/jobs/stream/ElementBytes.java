package dev.moonflow.jobs.stream;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Elements to bytes and back, by their own serializer. Each function has its own. */
final class ElementBytes<T> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int START_BYTES = 1 << 10;

  private final TypeSerializer<T> serializer;
  private transient DataOutputSerializer out;

  ElementBytes(TypeSerializer<T> serializer) {
    this.serializer = serializer;
  }

  ElementBytes<T> duplicate() {
    return new ElementBytes<>(serializer.duplicate());
  }

  byte[] write(T element) throws IOException {
    if (out == null) {
      out = new DataOutputSerializer(START_BYTES);
    }
    out.clear();
    serializer.serialize(element, out);
    return out.getCopyOfBuffer();
  }

  T read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}

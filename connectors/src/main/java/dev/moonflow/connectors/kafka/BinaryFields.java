package dev.moonflow.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The fields that the binary forms of this package are made of; see the package's description. */
final class BinaryFields {
  private static final int NULL = -1;

  private BinaryFields() {}

  static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
    target.writeInt(bytes == null ? NULL : bytes.length);
    if (bytes != null) {
      target.write(bytes);
    }
  }

  static byte[] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == NULL) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  static void writeString(String text, DataOutputView target) throws IOException {
    writeBytes(text.getBytes(UTF_8), target);
  }

  static String readString(DataInputView source) throws IOException {
    return new String(readBytes(source), UTF_8);
  }

  static void writeHeaders(List<RecordHeader> headers, DataOutputView target) throws IOException {
    target.writeInt(headers.size());
    for (RecordHeader header : headers) {
      writeString(header.name(), target);
      writeBytes(header.value(), target);
    }
  }

  static List<RecordHeader> readHeaders(DataInputView source) throws IOException {
    int count = source.readInt();
    List<RecordHeader> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new RecordHeader(readString(source), readBytes(source)));
    }
    return headers;
  }
}

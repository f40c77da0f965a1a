package dev.moonflow.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a value claims is held against its bytes, whatever the schema of its writer. */
class BoundedDecoderTest {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
          + "{\"name\":\"nothing\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},"
          + "{\"name\":\"map\",\"type\":{\"type\":\"map\",\"values\":\"null\"}},"
          + "{\"name\":\"text\",\"type\":\"string\"},"
          + "{\"name\":\"bytes\",\"type\":\"bytes\"},"
          + "{\"name\":\"inner\",\"type\":[\"null\",\"R\"]}]}";

  private EmbeddedRegistry registry;
  private AvroRecords records;
  private int id;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    RegistrySettings settings = RegistrySettings.of(registry.url());
    id =
        SchemaRegistration.registerAll(settings, Map.of("t", new Schema.Parser().parse(SCHEMA)))
            .get("t");
    records = new AvroRecords(settings);
  }

  @AfterEach
  void stop() {
    records.close();
    registry.close();
  }

  private interface Encoding {
    void write(BinaryEncoder encoder) throws IOException;
  }

  private byte[] value(Encoding encoding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(WireFormat.header(id));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoding.write(encoder);
    return out.toByteArray();
  }

  private static void body(BinaryEncoder encoder, int nothings) throws IOException {
    encoder.writeLong(nothings);
    if (nothings > 0) {
      encoder.writeLong(0);
    }
    encoder.writeLong(1); // one entry
    encoder.writeString("k");
    encoder.writeLong(0);
    encoder.writeString("é");
    encoder.writeBytes(new byte[] {1, 2});
  }

  @Test
  void aGoodValueIsReadWhole() throws Exception {
    GenericRecord read =
        records.read(
            value(
                encoder -> {
                  body(encoder, 40);
                  encoder.writeIndex(1);
                  body(encoder, 0);
                  encoder.writeIndex(0);
                }));
    assertThat((List<?>) read.get("nothing")).hasSize(40);
    assertThat(read.get("text")).hasToString("é");
    assertThat(((GenericRecord) read.get("inner")).get("map").toString()).contains("k");
  }

  @Test
  void countsAndLengthsAreNotBelieved() throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    records.read(value(encoder -> bodyAndEnd(encoder)));
    for (long claimed : new long[] {1L << 21, Integer.MAX_VALUE - 8L, 1L << 50, Long.MAX_VALUE}) {
      for (Encoding encoding :
          List.<Encoding>of(
              e -> e.writeLong(claimed), // items without bytes
              e -> {
                e.writeLong(0);
                e.writeLong(claimed); // entries of a map
              },
              e -> {
                e.writeLong(0);
                e.writeLong(0);
                e.writeLong(claimed); // bytes of a text
              })) {
        byte[] value = value(encoding);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThatThrownBy(() -> records.read(value))
            .isInstanceOfSatisfying(
                UndecodableRecordException.class,
                e -> assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.TRUNCATED));
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).as("bytes for " + claimed).isLessThan(1 << 20);
      }
    }
  }

  private static void bodyAndEnd(BinaryEncoder encoder) throws IOException {
    body(encoder, 1);
    encoder.writeIndex(0);
  }

  @Test
  void aValueThatNestsWithoutEndIsRefused() throws Exception {
    byte[] value =
        value(
            encoder -> {
              for (int depth = 0; depth < 200_000; depth++) {
                encoder.writeLong(0);
                encoder.writeLong(0);
                encoder.writeString("");
                encoder.writeBytes(new byte[0]);
                encoder.writeIndex(1);
              }
            });
    assertThatThrownBy(() -> records.read(value))
        .isInstanceOf(UndecodableRecordException.class)
        .hasMessageContaining("nests R too deeply");
  }
}

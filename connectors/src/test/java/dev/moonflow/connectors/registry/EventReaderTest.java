package dev.moonflow.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import dev.moonflow.schemas.ImageEvent;
import dev.moonflow.schemas.QuestionEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values of a few bytes that claim to be huge must cost a few bytes. */
class EventReaderTest {
  private EmbeddedRegistry registry;
  private RegistrySettings settings;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    settings = RegistrySettings.of(registry.url());
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private interface Encoding {
    void write(BinaryEncoder encoder) throws IOException;
  }

  private byte[] value(int id, Encoding encoding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(WireFormat.header(id));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoding.write(encoder);
    return out.toByteArray();
  }

  private <T extends SpecificRecord> void assertUndecodable(Class<T> type, byte[] value) {
    try (EventReader<T> reader = new EventReader<>(settings, type)) {
      UndecodableRecordException e =
          catchThrowableOfType(UndecodableRecordException.class, () -> reader.read(value));
      assertThat(e).isNotNull();
      assertThat(e.reason()).isIn(Reason.MALFORMED, Reason.TRUNCATED);
    }
  }

  @Test
  void hugeLengthsAreRefusedWithoutAllocatingThem() throws Exception {
    Map<String, Integer> ids =
        SchemaRegistration.registerAll(
            settings,
            Map.of("i", ImageEvent.getClassSchema(), "q", QuestionEvent.getClassSchema()));
    for (long claimed : new long[] {1L << 20, 1L << 30, Integer.MAX_VALUE - 8L, 1L << 40, -9}) {
      byte[] array =
          value(
              ids.get("q"),
              encoder -> {
                beginning(encoder);
                encoder.writeLong(claimed);
                encoder.writeLong(3);
              });
      assertUndecodable(QuestionEvent.class, array);
      byte[] string = value(ids.get("q"), encoder -> encoder.writeLong(claimed));
      assertUndecodable(QuestionEvent.class, string);
      byte[] bytes =
          value(
              ids.get("i"),
              encoder -> {
                beginning(encoder);
                encoder.writeIndex(1);
                encoder.writeLong(claimed);
                encoder.writeLong(3);
              });
      assertUndecodable(ImageEvent.class, bytes);
      byte[] map =
          value(
              ids.get("q"),
              encoder -> {
                beginning(encoder);
                encoder.writeLong(0);
                encoder.writeIndex(0);
                encoder.writeLong(claimed);
                encoder.writeLong(3);
              });
      assertUndecodable(QuestionEvent.class, map);
    }
  }

  /** Id, source and time, which both events begin with. */
  private static void beginning(BinaryEncoder encoder) throws IOException {
    encoder.writeString("id");
    encoder.writeString("source");
    encoder.writeLong(0);
  }
}

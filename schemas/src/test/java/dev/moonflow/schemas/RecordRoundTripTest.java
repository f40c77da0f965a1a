package dev.moonflow.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RecordRoundTripTest {
  private static final int RECORDS = 50;

  @BeforeAll
  static void trust() {
    AvroTrust.install();
    AvroTrust.install();
  }

  @ParameterizedTest
  @EnumSource(value = Topics.class, mode = Mode.EXCLUDE, names = "DEAD_LETTERS")
  void randomRecordsComeBackEqual(Topics topic) throws Exception {
    long seed = System.nanoTime();
    System.out.println("RecordRoundTripTest " + topic + " seed " + seed);
    SpecificData model = SpecificData.getForClass(topic.recordType());
    for (Object generic : new RandomData(topic.schema(), RECORDS, seed)) {
      byte[] bytes = genericBytes(topic.schema(), generic);
      SpecificRecord record = read(topic, model, bytes);
      assertThat(record).isInstanceOf(topic.recordType());
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new SpecificDatumWriter<SpecificRecord>(topic.schema(), model).write(record, encoder);
      SpecificRecord again = read(topic, model, out.toByteArray());
      assertThat(again).as("seed %d", seed).isEqualTo(record);
      assertThat(again.toString()).isEqualTo(record.toString());
    }
  }

  private static byte[] genericBytes(Schema schema, Object generic) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new org.apache.avro.generic.GenericDatumWriter<>(schema, GenericData.get())
        .write(generic, encoder);
    return out.toByteArray();
  }

  private static SpecificRecord read(Topics topic, SpecificData model, byte[] bytes)
      throws Exception {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    SpecificRecord record =
        new SpecificDatumReader<SpecificRecord>(topic.schema(), topic.schema(), model)
            .read(null, decoder);
    assertThat(decoder.isEnd()).isTrue();
    return record;
  }

  @Test
  void aRecordWithoutARequiredFieldIsNotBuilt() {
    assertThatThrownBy(() -> ImageEvent.newBuilder().setId("x").build())
        .isInstanceOf(AvroRuntimeException.class)
        .hasMessageContaining("source_id");
  }

  @Test
  void defaultsAreWhatTheDocumentationSays() {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setId("x")
            .setSourceId("s")
            .setEventTime(java.time.Instant.EPOCH)
            .setImage(Payload.newBuilder().build())
            .build();
    assertThat(event.getTask()).isEqualTo("caption");
    assertThat(event.getOptions()).isNull();
    assertThat(event.getAttributes()).isEmpty();
    assertThat(GenerationOptions.newBuilder().build().getIgnoreStopTokens()).isFalse();
  }

  @Test
  void randomBytesAreNeverMoreThanAnException() {
    long seed = System.nanoTime();
    System.out.println("RecordRoundTripTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Throwable> others = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      random.nextBytes(bytes);
      try {
        SpecificRecord unused =
            read(Topics.QUESTIONS, SpecificData.getForClass(Topics.QUESTIONS.recordType()), bytes);
      } catch (Exception | AssertionError e) {
        continue;
      } catch (Throwable e) {
        others.add(e);
      }
    }
    assertThat(others).as("seed %d", seed).isEmpty();
  }
}

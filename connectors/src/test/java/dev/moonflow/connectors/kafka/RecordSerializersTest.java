package dev.moonflow.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RecordSerializersTest {
  private static final List<RecordHeader> HEADERS =
      List.of(
          RecordHeader.of("name", "värde"),
          new RecordHeader("name", null),
          new RecordHeader("", new byte[0]));
  private static final RawRecord RAW =
      new RawRecord("topic", 3, 1L << 40, -1, null, new byte[] {1, -1}, HEADERS);
  private static final OutputRecord OUTPUT =
      new OutputRecord("töpic", new byte[0], null, HEADERS, 17L);

  private static <T> T roundTrip(T value, TypeSerializer<T> serializer) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    DataOutputSerializer copied = new DataOutputSerializer(16);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
    assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    DataInputDeserializer in = new DataInputDeserializer(copied.getCopyOfBuffer());
    T read = serializer.deserialize(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void recordsComeBackWithEveryFieldAndEveryNull() throws Exception {
    assertThat(roundTrip(RAW, RawRecordSerializer.INSTANCE)).isEqualTo(RAW);
    assertThat(roundTrip(OUTPUT, OutputRecordSerializer.INSTANCE)).isEqualTo(OUTPUT);
    OutputRecord bare = new OutputRecord("t", null, new byte[] {5}, List.of(), null);
    assertThat(roundTrip(bare, OutputRecordSerializer.INSTANCE)).isEqualTo(bare);
  }

  @Test
  void theBinaryFormIsVersionOneByteForByte() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(16);
    RawRecordSerializer.INSTANCE.serialize(
        new RawRecord("t", 1, 2, 3, null, new byte[] {9}, List.of(RecordHeader.of("h", "v"))), out);
    assertThat(out.getCopyOfBuffer())
        .containsExactly(
            0, 0, 0, 1, 't', 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, -1, -1, -1,
            -1, 0, 0, 0, 1, 9, 0, 0, 0, 1, 0, 0, 0, 1, 'h', 0, 0, 0, 1, 'v');
  }

  @Test
  void flinksTypeExtractionFindsThemAndTheirSnapshotsRestore() throws Exception {
    assertThat(TypeInformation.of(RawRecord.class)).isEqualTo(RawRecord.TYPE);
    assertThat(TypeInformation.of(OutputRecord.class)).isEqualTo(OutputRecord.TYPE);
    assertThat(RawRecord.TYPE).isNotEqualTo(OutputRecord.TYPE);
    assertThat(RawRecord.TYPE.createSerializer(new SerializerConfigImpl()))
        .isEqualTo(RawRecordSerializer.INSTANCE);
    TypeInformation<RawRecord> cloned = InstantiationUtil.clone(RawRecord.TYPE);
    assertThat(cloned).isEqualTo(RawRecord.TYPE);
    DataOutputSerializer out = new DataOutputSerializer(16);
    TypeSerializerSnapshot<RawRecord> snapshot =
        RawRecordSerializer.INSTANCE.snapshotConfiguration();
    TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
    TypeSerializerSnapshot<RawRecord> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(restored.restoreSerializer()).isEqualTo(RawRecordSerializer.INSTANCE);
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> KafkaSinkSettings.of("h:1", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new KafkaSinkSettings(
                    "h:1", "p", java.time.Duration.ofDays(365), java.util.Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("transaction timeout");
    assertThatThrownBy(() -> new OutputRecord("t", null, null, List.of(), -5L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-5");
  }
}

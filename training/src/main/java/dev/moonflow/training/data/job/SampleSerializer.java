package dev.moonflow.training.data.job;

import dev.moonflow.connectors.kafka.CodecTypeInformation;
import dev.moonflow.connectors.kafka.ImmutableSerializer;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How examples travel between operators: length and Avro's binary form. */
public final class SampleSerializer extends ImmutableSerializer<Sample> {
  /** The type of examples for Flink. */
  public static final TypeInformation<Sample> TYPE =
      new CodecTypeInformation<>(Sample.class, new SampleSerializer());

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Sample sample, DataOutputView target) throws IOException {
    byte[] bytes = SampleCodec.encode(sample);
    target.writeInt(bytes.length);
    target.write(bytes);
  }

  @Override
  public Sample deserialize(DataInputView source) throws IOException {
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    return SampleCodec.decode(bytes);
  }

  @Override
  public TypeSerializerSnapshot<Sample> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint remembers: the class stands for version 1. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sample> {
    /** For Flink. */
    public Snapshot() {
      super(SampleSerializer::new);
    }
  }
}

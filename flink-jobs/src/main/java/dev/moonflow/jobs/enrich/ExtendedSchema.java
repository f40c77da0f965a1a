package dev.moonflow.jobs.enrich;

import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import dev.moonflow.model.constraint.Constraint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** A user's record with one more field behind the others: {@code null} or the answer. */
final class ExtendedSchema {
  private ExtendedSchema() {}

  /**
   * The schema with the answer's field.
   *
   * @throws UndecodableRecordException if the record cannot take it
   */
  static Schema of(Schema written, String field, Constraint constraint)
      throws UndecodableRecordException {
    if (written.getField(field) != null) {
      throw unfit(written, "has the field " + field + " already", null);
    }
    try {
      List<Schema.Field> fields = new ArrayList<>();
      for (Schema.Field each : written.getFields()) {
        fields.add(new Schema.Field(each, each.schema()));
      }
      Schema answer =
          Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(type(constraint)));
      fields.add(new Schema.Field(field, answer, "Written by a model.", JsonProperties.NULL_VALUE));
      Schema extended =
          Schema.createRecord(
              written.getName(), written.getDoc(), written.getNamespace(), false, fields);
      written.getObjectProps().forEach(extended::addProp);
      written.getAliases().forEach(extended::addAlias);
      Schema parsed = new Schema.Parser().parse(extended.toString());
      for (Schema.Field each : written.getFields()) {
        // A record that holds itself would get the answer inside, too.
        if (!parsed.getFields().get(each.pos()).schema().equals(each.schema())) {
          throw unfit(written, "cannot take the field " + field + ": it holds itself", null);
        }
      }
      return parsed;
    } catch (AvroRuntimeException e) {
      throw unfit(written, "cannot take the field " + field + ": " + e.getMessage(), e);
    }
  }

  private static Schema.Type type(Constraint constraint) {
    if (constraint instanceof Constraint.Numeric numeric) {
      boolean integer = numeric.range().strip().startsWith("integer");
      return integer ? Schema.Type.LONG : Schema.Type.DOUBLE;
    }
    return Schema.Type.STRING;
  }

  /** The encoding of an answer. */
  static byte[] encode(String answer, Constraint constraint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      encoder.writeIndex(answer == null ? 0 : 1);
      if (answer != null) {
        switch (type(constraint)) {
          case LONG -> encoder.writeLong(Long.parseLong(answer));
          case DOUBLE -> encoder.writeDouble(Double.parseDouble(answer));
          default -> encoder.writeString(answer);
        }
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static UndecodableRecordException unfit(Schema written, String what, Exception cause) {
    return new UndecodableRecordException(
        Reason.INCOMPATIBLE_SCHEMA, "the record " + written.getFullName() + " " + what, cause);
  }
}

package dev.moonflow.connectors.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Other versions of our schemas, as other releases could have them. */
final class EvolvingSchemas {
  private EvolvingSchemas() {}

  /** The schema with one more optional field, whose default is {@code value}. */
  static Schema withExtraField(Schema schema, String name, String value) {
    Schema string = Schema.create(Schema.Type.STRING);
    Schema nothing = Schema.create(Schema.Type.NULL);
    List<Schema.Field> fields = copies(schema);
    fields.add(
        value == null
            ? new Schema.Field(
                name, Schema.createUnion(nothing, string), null, Schema.Field.NULL_DEFAULT_VALUE)
            : new Schema.Field(name, string, null, value));
    return record(schema, fields);
  }

  /** The schema with one field's default taken away. */
  static Schema withoutDefault(Schema schema, String name) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      fields.add(
          field.name().equals(name)
              ? new Schema.Field(field.name(), field.schema(), field.doc())
              : new Schema.Field(field, field.schema()));
    }
    return record(schema, fields);
  }

  /** A value of {@code record}'s fields under another schema; further fields get their default. */
  static byte[] encode(SpecificRecord record, Schema schema, int id) throws IOException {
    SpecificData model = SpecificData.getForClass(record.getClass());
    GenericRecord generic = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      Schema.Field ours = record.getSchema().getField(field.name());
      generic.put(
          field.pos(), ours == null ? model.getDefaultValue(field) : record.get(ours.pos()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(WireFormat.header(id));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema, model).write(generic, encoder);
    return out.toByteArray();
  }

  private static List<Schema.Field> copies(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    return fields;
  }

  private static Schema record(Schema like, List<Schema.Field> fields) {
    return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
  }
}

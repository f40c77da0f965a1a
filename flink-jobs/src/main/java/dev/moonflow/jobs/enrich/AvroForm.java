package dev.moonflow.jobs.enrich;

import dev.moonflow.connectors.registry.AvroRecords;
import dev.moonflow.connectors.registry.RegistrationRefusedException;
import dev.moonflow.connectors.registry.RegistryUnavailableException;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/** Records that are Avro under a schema id. Not thread-safe. */
final class AvroForm implements RecordForm {
  private static final int SCHEMAS_MAX = 1_000;

  private final EnrichSettings settings;
  private final AvroRecords records;
  private final Map<Schema, Integer> outputIds = new LinkedHashMap<>();

  AvroForm(EnrichSettings settings) {
    this.settings = settings;
    this.records = new AvroRecords(settings.ingest().registry());
  }

  @Override
  public RecordFields read(byte[] value)
      throws UndecodableRecordException, FieldRejectedException, RegistryUnavailableException {
    GenericRecord record = records.read(value);
    if (record.getSchema().getField(settings.answerField()) != null) {
      throw new FieldRejectedException(
          settings.answerField(), "is there already, and the answer must not replace it");
    }
    Map<String, String> texts = new HashMap<>();
    for (String path : settings.template().fields()) {
      Found found = find(record, path);
      if (found != null) {
        texts.put(path, text(path, found.value()));
      }
    }
    Found image = settings.imageField() == null ? null : find(record, settings.imageField());
    return new RecordFields(texts, image == null ? null : image(image.value()));
  }

  /** A field that is there, be it null. */
  private record Found(Object value) {}

  private static Found find(Object root, String path) {
    Object at = root;
    for (String name : path.split("\\.")) {
      if (at instanceof IndexedRecord record) {
        Schema.Field field = record.getSchema().getField(name);
        if (field == null) {
          return null;
        }
        at = record.get(field.pos());
      } else if (at instanceof List<?> list && name.matches("[0-9]{1,9}")) {
        int index = Integer.parseInt(name);
        if (index >= list.size()) {
          return null;
        }
        at = list.get(index);
      } else if (at instanceof Map<?, ?> map) {
        Object value = null;
        boolean there = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) { // its keys are Avro's own kind of text
          if (entry.getKey().toString().equals(name)) {
            value = entry.getValue();
            there = true;
          }
        }
        if (!there) {
          return null;
        }
        at = value;
      } else {
        return null;
      }
    }
    return new Found(at);
  }

  private static String text(String path, Object value) throws FieldRejectedException {
    if (value instanceof ByteBuffer || value instanceof GenericFixed) {
      throw new FieldRejectedException(path, "has bytes, which cannot stand in a prompt");
    }
    return String.valueOf(value);
  }

  private static Object image(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }
    if (value instanceof GenericFixed fixed) {
      return fixed.bytes();
    }
    return value == null ? null : value.toString();
  }

  @Override
  public byte[] extend(byte[] value, String answer)
      throws UndecodableRecordException,
          RegistrationRefusedException,
          RegistryUnavailableException {
    Schema written = records.schema(value);
    Integer id = outputIds.get(written);
    if (id == null) {
      Schema extended = ExtendedSchema.of(written, settings.answerField(), settings.constraint());
      id = records.register(settings.to(), extended);
      if (outputIds.size() == SCHEMAS_MAX) {
        outputIds.clear();
      }
      outputIds.put(written, id);
    }
    return AvroRecords.extended(value, id, ExtendedSchema.encode(answer, settings.constraint()));
  }

  @Override
  public void close() {
    records.close();
  }
}

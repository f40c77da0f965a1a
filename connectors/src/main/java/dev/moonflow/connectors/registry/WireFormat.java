package dev.moonflow.connectors.registry;

import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import java.nio.ByteBuffer;

/**
 * Confluent's wire format of a value.
 *
 * <pre>
 *   offset  0        1             5
 *          +--------+-------------+------------------------+
 *          |  0x00  |  schema id  |  Avro binary encoding  |
 *          +--------+-------------+------------------------+
 *                    big-endian
 * </pre>
 */
final class WireFormat {
  /** The first byte of every value. */
  static final byte MAGIC = 0;

  /** Where the schema id begins. */
  static final int ID_OFFSET = 1;

  /** Where the Avro encoding begins. */
  static final int BODY_OFFSET = ID_OFFSET + Integer.BYTES;

  private WireFormat() {}

  /** The schema id of a value. */
  static int schemaId(byte[] value) throws UndecodableRecordException {
    if (value == null || value.length == 0) {
      throw new UndecodableRecordException(
          Reason.EMPTY, value == null ? "the record has no value" : "the record's value is empty");
    }
    if (value[0] != MAGIC) {
      throw new UndecodableRecordException(
          Reason.NOT_WIRE_FORMAT,
          String.format(
              "the value is not Avro with a schema id: it begins with 0x%02x, not 0x00", value[0]));
    }
    if (value.length < BODY_OFFSET) {
      throw new UndecodableRecordException(
          Reason.NOT_WIRE_FORMAT,
          "the value is not Avro with a schema id: it has only " + value.length + " bytes");
    }
    return ByteBuffer.wrap(value).getInt(ID_OFFSET);
  }

  /** The first bytes of a value with this schema id. */
  static byte[] header(int schemaId) {
    return ByteBuffer.allocate(BODY_OFFSET).put(MAGIC).putInt(schemaId).array();
  }
}

package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.ingest.Stage;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What is wrong with an event, and where on its way that must be noticed. */
enum Damage {
  /** Nothing. */
  NONE(null),
  /** Bytes that are no Avro under a schema id. */
  GARBAGE(Stage.DECODE_RECORD),
  /** A schema id that nobody registered. */
  UNKNOWN_SCHEMA(Stage.DECODE_RECORD),
  /** Avro that ends too soon. */
  CUT(Stage.DECODE_RECORD),
  /** A field out of its range. */
  BAD_FIELD(Stage.CHECK_EVENT),
  /** A claim check to a place that is not allowed. */
  BAD_PLACE(Stage.FETCH_PAYLOAD),
  /** An image that is none. */
  NO_IMAGE(Stage.CHECK_MEDIA),
  /** An image whose head is good and whose pixels are not. */
  TORN_IMAGE(Stage.PERCEIVE_DECODE);

  private static final int ID_OFFSET = 1;
  private static final int NOBODYS_ID = 987_654;

  private final Stage stage;

  Damage(Stage stage) {
    this.stage = stage;
  }

  /** The stage of its dead letter; null where there is nothing wrong. */
  Stage stage() {
    return stage;
  }

  /** Whether it is a matter of an image's bytes. */
  boolean ofImage() {
    return this == BAD_PLACE || this == NO_IMAGE || this == TORN_IMAGE;
  }

  /** The record's value with what is wrong outside its fields. */
  byte[] of(byte[] value) {
    return switch (this) {
      case GARBAGE -> Arrays.copyOfRange(value, ID_OFFSET + Integer.BYTES + 2, value.length);
      case UNKNOWN_SCHEMA -> {
        byte[] other = value.clone();
        ByteBuffer.wrap(other).putInt(ID_OFFSET, NOBODYS_ID);
        yield other;
      }
      case CUT -> Arrays.copyOf(value, value.length * 2 / 3);
      default -> value;
    };
  }

  /** An image file with what is wrong in it. */
  byte[] ofImage(byte[] png) {
    return switch (this) {
      case NO_IMAGE -> Arrays.copyOfRange(png, png.length / 2, png.length);
      case TORN_IMAGE -> Arrays.copyOf(png, png.length * 2 / 3);
      default -> png;
    };
  }
}

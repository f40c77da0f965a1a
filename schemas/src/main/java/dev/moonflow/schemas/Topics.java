package dev.moonflow.schemas;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topics that Moonflow reads and writes: the role, the default name and the record that each
 * carries as its value. A job may give a role another name; the record stays the same.
 */
public enum Topics {
  /** Images to read or to describe. */
  IMAGES("moonflow.images", Role.INPUT, ImageEvent.class, ImageEvent.getClassSchema()),
  /** Documents to read, page by page. */
  DOCUMENTS("moonflow.documents", Role.INPUT, DocumentEvent.class, DocumentEvent.getClassSchema()),
  /** Video frames to describe. */
  FRAMES("moonflow.frames", Role.INPUT, VideoFrameEvent.class, VideoFrameEvent.getClassSchema()),
  /** Questions to answer. */
  QUESTIONS("moonflow.questions", Role.INPUT, QuestionEvent.class, QuestionEvent.getClassSchema()),
  /** Text read from images and documents. */
  OCR("moonflow.ocr", Role.OUTPUT, OcrResult.class, OcrResult.getClassSchema()),
  /** Descriptions of images and frames. */
  CAPTIONS("moonflow.captions", Role.OUTPUT, CaptionResult.class, CaptionResult.getClassSchema()),
  /** Answers to questions. */
  ANSWERS("moonflow.answers", Role.OUTPUT, AnswerResult.class, AnswerResult.getClassSchema()),
  /** Events that could not be processed, as the bytes they arrived with: no schema of its own. */
  DEAD_LETTERS("moonflow.dead-letters", Role.OUTPUT, null, null);

  private enum Role {
    INPUT,
    OUTPUT
  }

  private final String defaultName;
  private final Role role;
  private final Class<? extends SpecificRecord> recordType;
  private final Schema schema;

  Topics(String defaultName, Role role, Class<? extends SpecificRecord> recordType, Schema schema) {
    this.defaultName = defaultName;
    this.role = role;
    this.recordType = recordType;
    this.schema = schema;
  }

  /** The name that the topic has unless a setting says otherwise. */
  public String defaultName() {
    return defaultName;
  }

  /** Whether Moonflow reads this topic; the others it writes. */
  public boolean isInput() {
    return role == Role.INPUT;
  }

  /** Whether values of this topic are Avro records; only the dead letters are not. */
  public boolean isAvro() {
    return schema != null;
  }

  /**
   * The generated class of the topic's values.
   *
   * @throws IllegalStateException for the dead letters, which carry foreign bytes
   */
  public Class<? extends SpecificRecord> recordType() {
    requireAvro();
    return recordType;
  }

  /**
   * The Avro schema of the topic's values.
   *
   * @throws IllegalStateException for the dead letters, which carry foreign bytes
   */
  public Schema schema() {
    requireAvro();
    return schema;
  }

  /** The topics that Moonflow reads. */
  public static List<Topics> inputs() {
    return Arrays.stream(values()).filter(Topics::isInput).toList();
  }

  /** The topics that Moonflow writes, the dead letters included. */
  public static List<Topics> outputs() {
    return Arrays.stream(values()).filter(topic -> !topic.isInput()).toList();
  }

  /** The topics whose values have a schema to register. */
  public static List<Topics> avro() {
    return Arrays.stream(values()).filter(Topics::isAvro).toList();
  }

  private void requireAvro() {
    if (!isAvro()) {
      throw new IllegalStateException(defaultName + " carries the original bytes, not Avro");
    }
  }
}

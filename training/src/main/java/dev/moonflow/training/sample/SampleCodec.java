package dev.moonflow.training.sample;

import dev.moonflow.schemas.AvroTrust;
import dev.moonflow.schemas.SamplePart;
import dev.moonflow.schemas.SampleRegion;
import dev.moonflow.schemas.TrainingSample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Examples to Avro and back. Equal examples become equal bytes: attributes are written in the order
 * of their names.
 */
public final class SampleCodec {
  /** The schema that examples are written with. */
  public static final Schema SCHEMA = TrainingSample.getClassSchema();

  static {
    AvroTrust.install();
  }

  private SampleCodec() {}

  /** The Avro record of an example. */
  public static TrainingSample toAvro(Sample sample) {
    List<SamplePart> parts = new ArrayList<>();
    for (Part part : sample.parts()) {
      parts.add(toAvro(part));
    }
    List<SampleRegion> regions = new ArrayList<>();
    for (Region region : sample.regions()) {
      regions.add(
          new SampleRegion(
              region.part(),
              region.left(),
              region.top(),
              region.right(),
              region.bottom(),
              region.label()));
    }
    return new TrainingSample(
        sample.id(),
        name(sample.category()),
        sample.topic(),
        sample.source(),
        sample.seed(),
        parts,
        regions,
        sample.answer().orElse(null),
        new TreeMap<>(sample.attributes()));
  }

  private static SamplePart toAvro(Part part) {
    String role = name(part.role());
    if (part instanceof Part.Text text) {
      return new SamplePart(role, text.text(), null, 0, 0);
    }
    Part.Image image = (Part.Image) part;
    return new SamplePart(
        role, null, ByteBuffer.wrap(image.encoded()), image.width(), image.height());
  }

  /**
   * The example of an Avro record.
   *
   * @throws SampleException naming the example and the field that is wrong
   */
  public static Sample fromAvro(TrainingSample record) {
    String id = record.getId();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < record.getParts().size(); i++) {
      parts.add(part(id, i, record.getParts().get(i)));
    }
    if (parts.isEmpty()) {
      throw new SampleException("example " + id + " has no parts");
    }
    List<Region> regions = new ArrayList<>();
    for (SampleRegion each : record.getRegions()) {
      regions.add(region(id, each, parts));
    }
    return new Sample(
        id,
        constant(Category.class, record.getCategory(), id, "category"),
        record.getTopic(),
        record.getSource(),
        record.getSeed(),
        parts,
        regions,
        Optional.ofNullable(record.getAnswer()),
        record.getAttributes());
  }

  private static Part part(String id, int index, SamplePart part) {
    String field = "parts[" + index + "]";
    Role role = constant(Role.class, part.getRole(), id, field + ".role");
    if ((part.getText() == null) == (part.getImage() == null)) {
      throw new SampleException(
          "example " + id + ": " + field + " must have either text or an image");
    }
    if (part.getText() != null) {
      return new Part.Text(role, part.getText());
    }
    if (part.getWidth() < 1 || part.getHeight() < 1) {
      throw new SampleException(
          "example %s: %s is an image of %d x %d pixels"
              .formatted(id, field, part.getWidth(), part.getHeight()));
    }
    byte[] encoded = new byte[part.getImage().remaining()];
    part.getImage().duplicate().get(encoded);
    return new Part.Image(role, encoded, part.getWidth(), part.getHeight());
  }

  private static Region region(String id, SampleRegion region, List<Part> parts) {
    int part = region.getPart();
    if (part < 0 || part >= parts.size() || !(parts.get(part) instanceof Part.Image)) {
      throw new SampleException(
          "example " + id + ": a region lies on part " + part + ", which is no image of it");
    }
    return new Region(
        part,
        region.getLeft(),
        region.getTop(),
        region.getRight(),
        region.getBottom(),
        region.getLabel());
  }

  /** An example in Avro's binary form, without a header. */
  public static byte[] encode(Sample sample) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new SpecificDatumWriter<TrainingSample>(SCHEMA, model()).write(toAvro(sample), encoder);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  /**
   * The example that {@link #encode} wrote.
   *
   * @throws SampleException if the bytes are anything else
   */
  public static Sample decode(byte[] bytes) {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    try {
      return fromAvro(reader(SCHEMA).read(null, decoder));
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw new SampleException(bytes.length + " bytes are not an example: " + e.getMessage(), e);
    }
  }

  /** A reader of records that were written with a version of the schema. */
  static SpecificDatumReader<TrainingSample> reader(Schema written) {
    return new SpecificDatumReader<>(written, SCHEMA, model());
  }

  static SpecificData model() {
    return SpecificData.getForClass(TrainingSample.class);
  }

  /** How a category is written: {@code ocr}. */
  public static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String id, String at) {
    for (E each : type.getEnumConstants()) {
      if (name(each).equals(name)) {
        return each;
      }
    }
    throw new SampleException("example " + id + ": " + at + " cannot be \"" + name + "\"");
  }
}

package dev.moonflow.training.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.data.render.Images;
import dev.moonflow.training.sample.Category;
import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.Part;
import dev.moonflow.training.sample.Region;
import dev.moonflow.training.sample.Role;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleCodec;
import dev.moonflow.training.sample.SampleException;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads JSON lines; the package's description has the form. */
public final class JsonLines {
  private static final int LINE_CHARACTERS_MAX = 16 << 20;
  private static final long IMAGE_BYTES_MAX = 64L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("id", "category", "topic", "source", "parts", "regions", "answer", "attributes");

  private final Path file;
  private int line;

  private JsonLines(Path file) {
    this.file = file;
  }

  /**
   * Hands over every example of a file in order.
   *
   * @throws SampleException naming file, line and field of what is wrong
   */
  public static void read(Path file, Consumer<Sample> consumer) {
    new JsonLines(file).read(consumer);
  }

  /** Examples of a file: its lines that are not blank. */
  public static long count(Path file) {
    try (var lines = Files.lines(file, UTF_8)) {
      return lines.filter(each -> !each.isBlank()).count();
    } catch (NoSuchFileException e) {
      throw new SampleException(file + " does not exist", e);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new SampleException(file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
    }
  }

  private void read(Consumer<Sample> consumer) {
    try (BufferedReader reader = Files.newBufferedReader(file, UTF_8)) {
      for (String text; (text = reader.readLine()) != null; ) {
        line++;
        if (text.length() > LINE_CHARACTERS_MAX) {
          throw wrong("has more than " + LINE_CHARACTERS_MAX + " characters");
        }
        if (!text.isBlank()) {
          consumer.accept(example(text));
        }
      }
    } catch (NoSuchFileException e) {
      throw new SampleException(file + " does not exist", e);
    } catch (CharacterCodingException e) {
      throw new SampleException(file + " is not UTF-8 text behind line " + line, e);
    } catch (IOException e) {
      throw new SampleException(file + " cannot be read: " + FileProblem.words(e), e);
    }
  }

  private SampleException wrong(String what) {
    return new SampleException(file + ", line " + line + ": " + what);
  }

  private Sample example(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong("is no JSON: " + e.getOriginalMessage());
    }
    known(node, FIELDS, "");
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : array(node, "parts")) {
      parts.add(part(part, "parts[" + parts.size() + "]"));
    }
    if (parts.isEmpty()) {
      throw wrong("parts is missing or empty");
    }
    List<Region> regions = new ArrayList<>();
    for (JsonNode region : array(node, "regions")) {
      regions.add(region(region, "regions[" + regions.size() + "]", parts));
    }
    Map<String, String> attributes = new TreeMap<>();
    node.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return new Sample(
        node.hasNonNull("id") ? node.get("id").asText() : file.getFileName() + ":" + line,
        constant(Category.class, node.path("category").asText(""), "category"),
        node.path("topic").asText(""),
        node.path("source").asText(file.getFileName().toString()),
        0,
        parts,
        regions,
        node.hasNonNull("answer") ? Optional.of(node.get("answer").asText()) : Optional.empty(),
        attributes);
  }

  private JsonNode array(JsonNode node, String field) {
    JsonNode array = node.path(field);
    if (!array.isMissingNode() && !array.isArray()) {
      throw wrong(field + " must be a list");
    }
    return array;
  }

  private void known(JsonNode node, Set<String> names, String where) {
    if (!node.isObject()) {
      throw wrong((where.isEmpty() ? "the line" : where) + " must be a JSON object");
    }
    for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
      String name = it.next();
      if (!names.contains(name)) {
        throw wrong("there is no field \"" + name + "\"" + (where.isEmpty() ? "" : " in " + where));
      }
    }
  }

  private Part part(JsonNode node, String where) {
    known(node, Set.of("role", "text", "image"), where);
    Role role = constant(Role.class, node.path("role").asText("none"), where + ".role");
    if (node.hasNonNull("text") == node.hasNonNull("image")) {
      throw wrong(where + " must have either text or image");
    }
    return node.hasNonNull("text")
        ? new Part.Text(role, node.get("text").asText())
        : image(role, node.get("image").asText(), where);
  }

  private Part.Image image(Role role, String name, String where) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path path = folder.resolve(name).normalize();
    if (!path.startsWith(folder)) {
      throw wrong(where + ".image lies outside the folder of the file: " + name);
    }
    try {
      if (Files.size(path) > IMAGE_BYTES_MAX) {
        throw wrong(where + ".image is larger than " + IMAGE_BYTES_MAX + " bytes: " + name);
      }
      byte[] bytes = Files.readAllBytes(path);
      BufferedImage decoded = Images.decode(bytes, file + ", line " + line + ": " + name);
      return new Part.Image(role, bytes, decoded.getWidth(), decoded.getHeight());
    } catch (IOException e) {
      throw wrong(where + ".image cannot be read: " + name);
    }
  }

  private Region region(JsonNode node, String where, List<Part> parts) {
    known(node, Set.of("part", "box", "label"), where);
    int part = node.path("part").asInt(-1);
    JsonNode box = node.path("box");
    if (part < 0 || part >= parts.size() || !(parts.get(part) instanceof Part.Image)) {
      throw wrong(where + ".part is no image of the example");
    }
    if (!box.isArray() || box.size() != 4) {
      throw wrong(where + ".box must be four numbers: left, top, right, bottom");
    }
    double left = box.get(0).asDouble();
    double top = box.get(1).asDouble();
    double right = box.get(2).asDouble();
    double bottom = box.get(3).asDouble();
    Part.Image image = (Part.Image) parts.get(part);
    if (!(left >= 0 && top >= 0 && left < right && top < bottom)
        || right > image.width()
        || bottom > image.height()) {
      throw wrong(where + ".box does not lie on the image: " + box);
    }
    return new Region(part, left, top, right, bottom, node.path("label").asText(""));
  }

  private <E extends Enum<E>> E constant(Class<E> type, String name, String field) {
    for (E each : type.getEnumConstants()) {
      if (SampleCodec.name(each).equals(name)) {
        return each;
      }
    }
    throw wrong(field + " cannot be \"" + name + "\"");
  }
}

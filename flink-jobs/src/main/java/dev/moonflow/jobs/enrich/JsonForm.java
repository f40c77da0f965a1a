package dev.moonflow.jobs.enrich;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.moonflow.connectors.naming.FailureText;
import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.connectors.registry.UndecodableRecordException.Reason;
import dev.moonflow.jobs.ingest.FieldRejectedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Records that are one JSON object in UTF-8. Not thread-safe. */
final class JsonForm implements RecordForm {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final EnrichSettings settings;

  JsonForm(EnrichSettings settings) {
    this.settings = settings;
  }

  /** What one pass over a value finds. */
  private static final class Pass {
    private final byte[] value;
    private final Set<String> wanted;
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> nulls = new HashSet<>();
    private int members;
    private int closing;

    Pass(byte[] value, Set<String> wanted) {
      this.value = value;
      this.wanted = wanted;
    }

    private void run() throws IOException, UndecodableRecordException {
      try (JsonParser parser = JSON.createParser(value)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw malformed("the value is not a JSON object", null);
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          members++;
          String name = parser.currentName();
          parser.nextToken();
          value(name, parser);
        }
        closing = (int) parser.currentLocation().getByteOffset() - 1;
        if (parser.nextToken() != null) {
          throw malformed("the value goes on behind its JSON object", null);
        }
      }
    }

    /** Reads the value at hand to its end. */
    private void value(String path, JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      if (token.isScalarValue()) {
        if (wanted.contains(path)) {
          texts.put(path, parser.getText());
          if (token == JsonToken.VALUE_NULL) {
            nulls.add(path);
          }
        }
        return;
      }
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      if (wanted.stream().noneMatch(w -> w.startsWith(path + "."))) {
        parser.skipChildren();
      } else if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          value(path + "." + name, parser);
        }
      } else {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          value(path + "." + i, parser);
        }
      }
      if (wanted.contains(path)) {
        int end = (int) parser.currentLocation().getByteOffset();
        texts.put(path, new String(value, begin, end - begin, UTF_8));
      }
    }
  }

  private static Pass pass(byte[] value, Set<String> wanted) throws UndecodableRecordException {
    if (value == null || value.length == 0) {
      throw new UndecodableRecordException(Reason.EMPTY, "the record has no value");
    }
    Pass pass = new Pass(value, wanted);
    try {
      pass.run();
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
      throw malformed("the value is not JSON" + where + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) { // UTF-8 that is none
      throw malformed("the value is not JSON in UTF-8: " + FailureText.of(e), e);
    }
    return pass;
  }

  private static UndecodableRecordException malformed(String what, Exception cause) {
    return new UndecodableRecordException(Reason.MALFORMED, what, cause);
  }

  @Override
  public RecordFields read(byte[] value) throws UndecodableRecordException, FieldRejectedException {
    Pass pass = pass(value, settings.wanted());
    if (pass.texts.containsKey(settings.answerField())) {
      throw new FieldRejectedException(
          settings.answerField(), "is there already, and the answer must not replace it");
    }
    String image = settings.imageField();
    boolean shown = image != null && !pass.nulls.contains(image);
    return new RecordFields(pass.texts, shown ? pass.texts.get(image) : null);
  }

  @Override
  public byte[] extend(byte[] value, String answer) throws UndecodableRecordException {
    Pass pass = pass(value, Set.of());
    int at = pass.closing;
    while (isBlank(value[at - 1])) {
      at--;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 64);
    bytes.write(value, 0, at);
    String name = quoted(settings.answerField());
    String text = answer == null ? "null" : settings.answerIsJson() ? answer : quoted(answer);
    bytes.writeBytes(((pass.members == 0 ? "" : ",") + name + ":" + text).getBytes(UTF_8));
    bytes.write(value, at, value.length - at);
    return bytes.toByteArray();
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  @Override
  public void close() {}
}

package dev.moonflow.training.evaluation.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.evaluation.EvaluationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of one task, appended as they come; this package's documentation has the form. Used
 * by one thread.
 */
public final class AnswerFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final AnswerHeader header;
  private final FileChannel channel;
  private final Map<Integer, Answered> answers = new TreeMap<>();

  private AnswerFile(Path file, AnswerHeader header, FileChannel channel) {
    this.file = file;
    this.header = header;
    this.channel = channel;
  }

  /**
   * Opens a file and reads what it holds. A last line that was cut off is taken away.
   *
   * @throws EvaluationException if the file is of another task, model or setting, or is damaged
   *     before its last line
   */
  public static AnswerFile open(Path file, AnswerHeader header) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel = FileChannel.open(file, CREATE, WRITE);
      AnswerFile answers = new AnswerFile(file, header, channel);
      try {
        answers.readBack();
        return answers;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  private void readBack() throws IOException {
    // The cut may lie inside a character: the last line is taken away as bytes.
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    String whole = new String(bytes, 0, end, UTF_8);
    channel.truncate(end);
    channel.position(end);
    if (whole.isEmpty()) {
      append(header.line());
      return;
    }
    List<String> lines = whole.lines().toList();
    requireSameRun(parse(lines.get(0), 1, AnswerHeader.class, file));
    for (int i = 1; i < lines.size(); i++) {
      Answered answered = parse(lines.get(i), i + 1, Answered.class, file);
      answers.put(answered.index(), answered);
    }
  }

  private void requireSameRun(AnswerHeader found) {
    String difference =
        !header.format().equals(found.format())
            ? "has the form " + found.format()
            : !header.task().equals(found.task())
                ? "is of task " + found.task()
                : !header.model().equals(found.model())
                    ? "is of another model (" + found.model() + ")"
                    : !header.line().equals(found.line()) ? "was made with other settings" : "";
    if (!difference.isEmpty()) {
      throw new EvaluationException(
          file + " " + difference + "; give another --out folder, or delete the file.");
    }
  }

  /**
   * Whether the item at a place has its answer.
   *
   * @throws EvaluationException if another item was answered at that place
   */
  public boolean has(int index, String id) {
    Answered known = answers.get(index);
    if (known != null && !known.id().equals(id)) {
      throw new EvaluationException(
          "%s has the answer of item %s where the data now has %s; the data changed: give another --out folder."
              .formatted(file, known.id(), id));
    }
    return known != null;
  }

  /** Keeps an answer: it is in the file when this returns. */
  public void add(Answered answered) {
    answers.put(answered.index(), answered);
    try {
      append(JSON.writeValueAsString(answered));
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  private void append(String line) throws IOException {
    ByteBuffer bytes = UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** All answers, in the order of the items. */
  public List<Answered> answers() {
    return List.copyOf(answers.values());
  }

  /** Writes the file anew in the order of the items. */
  public void finish() {
    StringBuilder text = new StringBuilder(header.line()).append('\n');
    try {
      for (Answered answered : answers.values()) {
        text.append(JSON.writeValueAsString(answered)).append('\n');
      }
      Path beside = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(beside, text);
      channel.close();
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /** The answers of a finished file. */
  public static Collection<Answered> read(Path file) {
    return readAll(file).answers();
  }

  /** A whole file. */
  public static Content readAll(Path file) {
    try {
      List<String> lines = Files.readString(file, UTF_8).lines().toList();
      if (lines.isEmpty()) {
        throw new EvaluationException(file + " is empty.");
      }
      AnswerHeader header = parse(lines.get(0), 1, AnswerHeader.class, file);
      List<Answered> answers = new ArrayList<>();
      for (int i = 1; i < lines.size(); i++) {
        answers.add(parse(lines.get(i), i + 1, Answered.class, file));
      }
      return new Content(header, answers);
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** What a file holds. */
  public record Content(AnswerHeader header, List<Answered> answers) {}

  private static <T> T parse(String line, int number, Class<T> type, Path file) {
    try {
      T value = JSON.readValue(line, type);
      if (value == null) {
        throw new EvaluationException(file + ", line " + number + " is null.");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new EvaluationException(
          "%s, line %d is no line of answers: %s."
              .formatted(file, number, e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ")),
          e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EvaluationException(file + " cannot be closed: " + e.getMessage() + ".", e);
    }
  }
}

package dev.moonflow.training.data.job.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.training.data.answer.Decision;
import dev.moonflow.training.data.job.OutputFolder;
import dev.moonflow.training.sample.Sample;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What became of every example of the input: a file of JSON lines beside each shard. */
record OutcomeFiles(Path folder) {
  /** Name of the folder within the output. */
  static final String NAME = "outcomes";

  private static final ObjectMapper JSON = new ObjectMapper();

  static OutcomeFiles in(OutputFolder output) {
    return new OutcomeFiles(Path.of(output.path()).resolve(NAME));
  }

  private Path file(int shard) {
    return folder.resolve("shard-%05d.jsonl".formatted(shard));
  }

  /** Writes the lines of a shard, whole or not at all. */
  void write(int shard, List<Sample> samples, List<Decision> decisions) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < samples.size(); i++) {
      Decision decision = decisions.get(i);
      lines
          .append(
              JSON.writeValueAsString(
                  new OutcomeLine(
                      samples.get(i).id(),
                      samples.get(i).topic(),
                      decision.outcome(),
                      decision.answers(),
                      decision.good(),
                      decision.kept().size(),
                      decision.reason())))
          .append('\n');
    }
    Files.createDirectories(folder);
    Path temporary = folder.resolve(file(shard).getFileName() + ".tmp");
    Files.write(temporary, lines.toString().getBytes(StandardCharsets.UTF_8));
    Files.move(
        temporary,
        file(shard),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The lines of a finished shard.
   *
   * @throws SampleException naming the file and the line
   */
  List<OutcomeLine> read(int shard) {
    Path file = file(shard);
    List<OutcomeLine> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        lines.add(JSON.readValue(line, OutcomeLine.class));
      }
      return lines;
    } catch (JsonProcessingException e) {
      throw damaged(shard, file + ":" + (lines.size() + 1) + " is damaged", e);
    } catch (IOException e) {
      throw damaged(shard, file + " cannot be read", e);
    }
  }

  private static SampleException damaged(int shard, String what, IOException e) {
    return new SampleException(
        "%s; remove shard-%05d.avro and start again, then both are made again"
            .formatted(what, shard),
        e);
  }
}
